package dev.lowgear.simulator.policy;

import dev.lowgear.core.observation.FinishedRequest;

/**
 * Turns the margin of a rule that has one until its attainment is what it is to be: the servo of
 * Lowgear's price gain ({@link dev.lowgear.core.gear.AttainmentServo}) on another dial.
 *
 * <pre>
 *   m ← clip(m · exp(0.06 · (miss − (1 − g))), 0.8, 4)      start 1.3
 *   g = a + (1 − a)/10, or a + (1 − a)/2 while more was missed than that allows
 * </pre>
 *
 * <p>In equilibrium the mean step is zero, so the share missed is {@code 1 − g}. A step is a fifth
 * of the price gain's, as the useful range of a margin is a fifth of that of a price in logarithms.
 *
 * <p><b>Worked example</b> (a = .99): a miss takes 1.3 to 1.3 · e^(.06 · .991) = 1.3796, a request
 * that is kept takes it to 1.3 · e^(−.06 · .009) = 1.2993.
 */
final class MarginServo {
    private static final double STEP = .06;
    private static final double START = 1.3;
    private static final double LOWEST = .8;
    private static final double HIGHEST = 4;
    private static final double FORGET_BEYOND = 5_000;

    private final double attainment;
    private double margin = START;
    private double finished;
    private double missed;

    MarginServo(double attainment) {
        this.attainment = attainment;
    }

    /** A factor on predicted times. */
    double margin() {
        return margin;
    }

    void after(FinishedRequest request) {
        if (!request.controllable()) {
            return;
        }
        double miss = request.missed().isEmpty() ? 0 : 1;
        finished++;
        missed += miss;
        double aimed = .9 * (1 - attainment);
        double allowed = missed > aimed * finished + 1 ? .5 * (1 - attainment) : aimed;
        margin = Math.clamp(margin * StrictMath.exp(STEP * (miss - allowed)), LOWEST, HIGHEST);
        if (finished > FORGET_BEYOND) {
            finished /= 2;
            missed /= 2;
        }
    }
}
