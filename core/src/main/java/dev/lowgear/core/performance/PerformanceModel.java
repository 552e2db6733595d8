package dev.lowgear.core.performance;

import dev.lowgear.core.gpu.ClockLadder;

/**
 * Iteration time and watts of one engine (all its GPUs together) over operating points. Lookups are
 * pure, allocate nothing and accept any non-negative load; a clock is named by its index on the
 * {@link #clocks() ladder}.
 */
public interface PerformanceModel {
    /** The clocks it knows. */
    ClockLadder clocks();

    /**
     * Busy time of one iteration in microseconds, never counting the rest before it.
     *
     * @param batch decoding requests
     * @param kvTokens KV-cache tokens in use by them
     * @param prefillTokens prompt tokens prefilled in the same iteration
     */
    double iterationMicros(int clockIndex, double batch, double kvTokens, double prefillTokens);

    /** Iteration time of one load at every clock, into the caller's array by clock index. */
    default void iterationMicros(
            double batch, double kvTokens, double prefillTokens, double[] byClock) {
        for (int clock = 0; clock < clocks().size(); clock++) {
            byClock[clock] = iterationMicros(clock, batch, kvTokens, prefillTokens);
        }
    }

    /** Busy watts of one load at every clock, into the caller's array by clock index. */
    default void busyWatts(double batch, double kvTokens, double prefillTokens, double[] byClock) {
        for (int clock = 0; clock < clocks().size(); clock++) {
            byClock[clock] = busyWatts(clock, batch, kvTokens, prefillTokens);
        }
    }

    /** Mean watts while such an iteration runs, all GPUs of the engine together. */
    double busyWatts(int clockIndex, double batch, double kvTokens, double prefillTokens);

    /** Watts while the engine rests between iterations at this clock, all GPUs together. */
    double restWatts(int clockIndex);

    /** Watts while nothing runs at the lowest clock, all GPUs together. */
    double idleWatts();

    /**
     * Busy watts extrapolated to a clock of zero: what is spent on time alone, all GPUs together.
     */
    double staticWatts();
}
