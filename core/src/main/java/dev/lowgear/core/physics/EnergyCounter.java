package dev.lowgear.core.physics;

import java.util.random.RandomGenerator;

/**
 * A GPU's own meter, as NVML shows it: millijoules in whole steps and the watts of the moment, both
 * refreshed every 20 to 100 ms only. Between refreshes readers see the last values.
 */
final class EnergyCounter {
    private static final long SHORTEST_UPDATE_NANOS = 20_000_000;
    private static final long LONGEST_UPDATE_NANOS = 100_000_000;

    private final RandomGenerator random;
    private double joules;
    private long publishedMillijoules;
    private double publishedWatts;
    private long nextUpdateNanos;

    EnergyCounter(RandomGenerator random, long startNanos) {
        this.random = random;
        this.nextUpdateNanos = startNanos;
    }

    /** {@code watts} were drawn from {@code fromNanos} to {@code toNanos}. */
    void flow(long fromNanos, long toNanos, double watts) {
        long from = fromNanos;
        while (nextUpdateNanos <= toNanos) {
            joules += watts * (nextUpdateNanos - from) * 1e-9;
            from = nextUpdateNanos;
            publishedMillijoules = (long) (joules * 1e3);
            publishedWatts = watts;
            nextUpdateNanos += random.nextLong(SHORTEST_UPDATE_NANOS, LONGEST_UPDATE_NANOS + 1);
        }
        joules += watts * (toNanos - from) * 1e-9;
    }

    long millijoules() {
        return publishedMillijoules;
    }

    double watts() {
        return publishedWatts;
    }
}
