package dev.lowgear.scheduler.loop;

import dev.lowgear.core.control.Answer;

/** What the loop reports about itself. */
public interface LoopMeter {
    /**
     * An observation was answered.
     *
     * @param planNanos time it took to decide
     * @param latencyNanos from its arrival here to its answer
     */
    void answered(Answer answer, long planNanos, long latencyNanos);

    /** Something that must hold did not. */
    void violated(String invariant);

    /** An event could not be taken in: a fault of ours. */
    void failed();
}
