package dev.lowgear.simulator.hindsight;

import dev.lowgear.simulator.run.RunResult;

/**
 * What a search found.
 *
 * @param run what the schedule came to; nothing was decided, switched or dropped in it
 * @param schedulesServed schedules that were served whole on the way
 * @param iterationsSearched iterations that were simulated, whole schedules and parts
 */
public record SearchResult(RunResult run, int schedulesServed, long iterationsSearched) {}
