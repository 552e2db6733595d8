package dev.lowgear.simulator.trace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Generates chat traffic with the published shape of the Azure 2023 conversation trace (Splitwise;
 * Azure Public Dataset, CC-BY-4.0): prompt lengths by its percentiles, output lengths bimodal at
 * about 100 and 400 tokens by its percentiles, nearly Poisson arrivals. A burst raises the rate for
 * a while.
 *
 * @param requestsPerSecond mean rate outside the burst
 * @param burst when the rate is higher, and by which factor
 */
public record ChatTrace(double requestsPerSecond, Burst burst) {
    private static final QuantileSampler PROMPTS =
            new QuantileSampler(
                    new double[] {0, .01, .05, .25, .50, .75, .90, .95, .99, 1},
                    new int[] {10, 29, 181, 396, 1020, 1189, 2735, 4083, 4142, 8000});

    private static final QuantileSampler OUTPUTS =
            new QuantileSampler(
                    new double[] {0, .01, .05, .25, .50, .75, .90, .95, .99, 1},
                    new int[] {8, 16, 41, 85, 129, 395, 424, 451, 601, 1000});

    /**
     * A stretch of higher rate.
     *
     * @param start since the start of the trace
     * @param length how long it lasts
     * @param factor multiplies the rate, at least 1
     */
    public record Burst(Duration start, Duration length, double factor) {
        /** No burst. */
        public static final Burst NONE = new Burst(Duration.ZERO, Duration.ZERO, 1);

        boolean covers(double seconds) {
            double from = start.toNanos() / 1e9;
            return seconds >= from && seconds < from + length.toNanos() / 1e9;
        }
    }

    public ChatTrace {
        if (!(requestsPerSecond > 0 && requestsPerSecond <= 10_000)) {
            throw new IllegalArgumentException("a rate is in (0, 10000] per second");
        }
        if (!(burst.factor >= 1)) {
            throw new IllegalArgumentException("a burst does not lower the rate");
        }
    }

    /** Requests arriving within {@code length}, the same for the same seed on every machine. */
    public List<TraceRequest> generate(Duration length, RandomGenerator random) {
        double end = length.toNanos() / 1e9;
        double peak = requestsPerSecond * burst.factor;
        List<TraceRequest> requests = new ArrayList<>();
        // thinning of a Poisson process at the peak rate: exact for any rate below it
        double now = 0;
        while (true) {
            now -= StrictMath.log(1 - random.nextDouble()) / peak;
            if (now >= end) {
                return requests;
            }
            double rate = burst.covers(now) ? peak : requestsPerSecond;
            if (random.nextDouble() * peak < rate) {
                requests.add(
                        new TraceRequest(
                                (long) (now * 1e9), PROMPTS.draw(random), OUTPUTS.draw(random)));
            }
        }
    }
}
