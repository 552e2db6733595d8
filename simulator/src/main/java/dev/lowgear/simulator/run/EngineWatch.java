package dev.lowgear.simulator.run;

import dev.lowgear.core.physics.IterationCompleted;

/** Sees of the engines of a run what an agent's meters show. */
public interface EngineWatch {
    /** Looks away. */
    EngineWatch NONE = new EngineWatch() {};

    /** An iteration ended. */
    default void iteration(IterationCompleted iteration) {}

    /**
     * A second has passed.
     *
     * @param nowNanos since the start of the run
     * @param millijoules what the energy counters of an engine's GPUs show together
     * @param clockMhz its clock
     */
    default void second(long nowNanos, long millijoules, int clockMhz) {}
}
