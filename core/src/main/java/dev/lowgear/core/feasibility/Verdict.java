package dev.lowgear.core.feasibility;

import dev.lowgear.core.projection.Deadline;

/** Whether a projection keeps its deadlines at a clock, and what decides it. */
public sealed interface Verdict {
    /** Whether every deadline and iteration limit holds, or is covered by the miss budget. */
    default boolean isMet() {
        return this instanceof Met;
    }

    /**
     * All is kept.
     *
     * @param slackMicros what the tightest kept deadline or iteration limit has left, at least 0;
     *     {@link Long#MAX_VALUE} where nothing is due
     */
    record Met(long slackMicros) implements Verdict {}

    /**
     * A deadline is missed that the budget does not cover.
     *
     * @param deadline the one missed by most
     * @param byMicros by how much, positive
     */
    record Missed(Deadline deadline, long byMicros) implements Verdict {}

    /**
     * An iteration takes longer than a request that lives through it allows.
     *
     * @param segment index of the segment that exceeds its limit by most
     * @param byMicros by how much, positive
     */
    record IterationTooLong(int segment, long byMicros) implements Verdict {}
}
