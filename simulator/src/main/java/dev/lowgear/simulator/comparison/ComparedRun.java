package dev.lowgear.simulator.comparison;

import dev.lowgear.simulator.run.RunResult;

/**
 * A policy's run.
 *
 * @param contender who ran
 * @param demand at which
 * @param seed of physics, noise and stretch of the trace
 * @param requestsPerSecond that arrived on the mean
 * @param clipped requests that were cut to the model's window
 * @param result what it came to
 * @param wallSeconds what it took; with a sweep or a search, all of it
 */
record ComparedRun(
        String contender,
        Demand demand,
        long seed,
        double requestsPerSecond,
        int clipped,
        RunResult result,
        double wallSeconds) {}
