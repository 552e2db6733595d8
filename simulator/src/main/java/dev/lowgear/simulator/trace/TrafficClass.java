package dev.lowgear.simulator.trace;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Kinds of generated traffic. Lengths follow the published percentiles of the two Azure 2023 traces
 * (Splitwise; Azure Public Dataset, CC-BY-4.0); arrivals come in sessions whose shape was measured
 * on them.
 */
@SuppressWarnings("ImmutableEnumChecker") // a sampler never changes
public enum TrafficClass {
    /**
     * A conversation: one request a session, prompts about 1,150 tokens, outputs bimodal at about
     * 100 and 400 tokens. Arrivals are nearly Poisson, as measured (variation of gaps 1.09).
     */
    CHAT(
            new QuantileSampler(
                    new double[] {0, .01, .05, .25, .50, .75, .90, .95, .99, 1},
                    new int[] {10, 29, 181, 396, 1020, 1189, 2735, 4083, 4142, 8000}),
            new QuantileSampler(
                    new double[] {0, .01, .05, .25, .50, .75, .90, .95, .99, 1},
                    new int[] {8, 16, 41, 85, 129, 395, 424, 451, 601, 1000})) {
        @Override
        double requestsPerSession() {
            return 1;
        }

        @Override
        void session(long startNanos, RandomGenerator random, LongConsumer arrivals) {
            arrivals.accept(startNanos);
        }
    },
    /**
     * Code completion: prompts about 2,050 tokens, outputs about 28. A session is some five bursts
     * a second apart, a burst some 27 requests a tenth of a second apart, a third of them together:
     * so come whole idle minutes and seconds with 60 arrivals.
     */
    CODE(
            new QuantileSampler(
                    new double[] {0, .01, .05, .25, .50, .75, .90, .95, .99, 1},
                    new int[] {3, 17, 75, 578, 1469, 2744, 5188, 7303, 7436, 7437}),
            new QuantileSampler(
                    new double[] {0, .01, .05, .25, .50, .75, .90, .95, .99, .999, 1},
                    new int[] {4, 6, 6, 9, 13, 24, 55, 90, 251, 831, 1899})) {
        @Override
        double requestsPerSession() {
            return BURSTS_PER_SESSION * BURST_SIZES.mean();
        }

        @Override
        void session(long startNanos, RandomGenerator random, LongConsumer arrivals) {
            double seconds = 0;
            do {
                int size = BURST_SIZES.draw(random);
                for (int i = 0; i < size; i++) {
                    arrivals.accept(startNanos + (long) (seconds * 1e9));
                    seconds += random.nextDouble() < TOGETHER ? 0 : exponential(GAP, random);
                }
                seconds += SHORTEST_PAUSE + exponential(PAUSE, random);
            } while (random.nextDouble() > 1 / BURSTS_PER_SESSION);
        }
    };

    private static final double BURSTS_PER_SESSION = 5.6;
    private static final QuantileSampler BURST_SIZES =
            new QuantileSampler(
                    new double[] {0, .10, .25, .50, .75, .90, .95, .99, 1},
                    new int[] {1, 3, 6, 13, 29, 62, 103, 217, 464});
    private static final double TOGETHER = 0.3;
    private static final double GAP = 0.13;
    private static final double SHORTEST_PAUSE = 0.5;
    private static final double PAUSE = 0.7;

    private final QuantileSampler prompts;
    private final QuantileSampler outputs;

    TrafficClass(QuantileSampler prompts, QuantileSampler outputs) {
        this.prompts = prompts;
        this.outputs = outputs;
    }

    /** How many requests a session has on average. */
    abstract double requestsPerSession();

    /** The arrivals of one session, ascending, the first one at its start. */
    abstract void session(long startNanos, RandomGenerator random, LongConsumer arrivals);

    /** A request of this class. */
    TraceRequest request(long arrivalNanos, RandomGenerator random) {
        return new TraceRequest(arrivalNanos, prompts.draw(random), outputs.draw(random));
    }

    /** The name used on the command line. */
    public String option() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The class of that name.
     *
     * @throws IllegalArgumentException listing the names there are
     */
    public static TrafficClass parse(String option) {
        return Arrays.stream(values())
                .filter(kind -> kind.option().equals(option))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "no traffic class '"
                                        + option
                                        + "'; there are "
                                        + Arrays.stream(values())
                                                .map(TrafficClass::option)
                                                .collect(Collectors.joining(", "))));
    }

    /** Drawn from an exponential distribution with that mean. */
    static double exponential(double mean, RandomGenerator random) {
        return -mean * StrictMath.log(1 - random.nextDouble());
    }
}
