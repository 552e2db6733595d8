package dev.lowgear.core.physics;

import java.util.random.RandomGenerator;

/**
 * How far real iterations and clock changes stray from the formulas. Drawn with {@link StrictMath}
 * only, so that one seed means one run on every machine.
 *
 * @param timeSigma standard deviation of the logarithm of an iteration's time factor
 * @param stallProbability chance that an iteration is held up, for 20 to 120 ms
 * @param fastestSwitchNanos least time until a clock change takes effect
 * @param usualSwitchNanos most of them take effect within this
 * @param slowestSwitchNanos one in a hundred takes up to this
 */
public record Disturbances(
        double timeSigma,
        double stallProbability,
        long fastestSwitchNanos,
        long usualSwitchNanos,
        long slowestSwitchNanos) {

    private static final long MILLISECOND = 1_000_000;
    private static final long SHORTEST_STALL_NANOS = 20 * MILLISECOND;
    private static final long LONGEST_STALL_NANOS = 120 * MILLISECOND;
    private static final double SLOW_SWITCH_PROBABILITY = 0.01;

    /**
     * As measured: 2 % of noise, a stall every few minutes, clock changes after 1 to 15 ms (median
     * 4.5, 99th percentile near 14, as on an A800) with a tail to 300 ms.
     */
    public static final Disturbances MEASURED =
            new Disturbances(0.02, 0.0002, MILLISECOND, 15 * MILLISECOND, 300 * MILLISECOND);

    /** None: every iteration takes what the formula says, every clock change is immediate. */
    public static final Disturbances NONE = new Disturbances(0, 0, 0, 0, 0);

    /** Refuses what cannot be drawn from. */
    public Disturbances {
        if (!(timeSigma >= 0 && stallProbability >= 0 && stallProbability <= 1)
                || fastestSwitchNanos < 0
                || usualSwitchNanos < fastestSwitchNanos
                || slowestSwitchNanos < usualSwitchNanos) {
            throw new IllegalArgumentException(
                    "disturbances want σ ≥ 0, a probability and ascending switch times");
        }
    }

    /** What an iteration's time is multiplied with; log-normal, median 1. */
    double timeFactor(RandomGenerator random) {
        return timeSigma == 0 ? 1 : StrictMath.exp(timeSigma * gaussian(random));
    }

    /** How long an iteration is held up; nearly always 0. */
    long stallNanos(RandomGenerator random) {
        return random.nextDouble() >= stallProbability
                ? 0
                : between(SHORTEST_STALL_NANOS, LONGEST_STALL_NANOS, random.nextDouble());
    }

    /** How long until a clock change takes effect. */
    long switchNanos(RandomGenerator random) {
        boolean slow = random.nextDouble() < SLOW_SWITCH_PROBABILITY;
        double u = random.nextDouble();
        return slow
                ? between(usualSwitchNanos, slowestSwitchNanos, u * u)
                : between(fastestSwitchNanos, usualSwitchNanos, u * u);
    }

    private static long between(long low, long high, double share) {
        return low + (long) (share * (high - low));
    }

    /** Marsaglia's polar method. */
    private static double gaussian(RandomGenerator random) {
        while (true) {
            double u = 2 * random.nextDouble() - 1;
            double v = 2 * random.nextDouble() - 1;
            double s = u * u + v * v;
            if (s > 0 && s < 1) {
                return u * Math.sqrt(-2 * StrictMath.log(s) / s);
            }
        }
    }
}
