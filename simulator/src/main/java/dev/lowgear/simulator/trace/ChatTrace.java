package dev.lowgear.simulator.trace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Generates {@link TrafficClass#CHAT chat} as a Poisson process, with one burst that raises the
 * rate for a while.
 *
 * @param requestsPerSecond mean rate outside the burst
 * @param burst when the rate is higher, and by which factor
 */
public record ChatTrace(double requestsPerSecond, Burst burst) {
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
                requests.add(TrafficClass.CHAT.request((long) (now * 1e9), random));
            }
        }
    }
}
