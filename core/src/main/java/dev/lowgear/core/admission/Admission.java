package dev.lowgear.core.admission;

import java.time.Duration;

/** What becomes of a request that asks to start on an engine. */
public sealed interface Admission {
    /** It starts now. */
    record Admit() implements Admission {}

    /**
     * It cannot start now: whoever holds it keeps it and asks again.
     *
     * @param reason what is in the way, in words
     * @param expectedWait until that is expected to have changed, positive
     */
    record Queue(String reason, Duration expectedWait) implements Admission {}

    /**
     * It starts now, best effort: it would miss its targets even alone at the maximum clock.
     *
     * @param reason why, in words
     */
    record Lost(String reason) implements Admission {}

    /**
     * It is turned away: it would miss its targets, and may be shed.
     *
     * @param reason why, in words
     * @param retryAfter when it is worth asking again, positive
     */
    record Reject(String reason, Duration retryAfter) implements Admission {}

    /** Whether the request starts. */
    default boolean starts() {
        return this instanceof Admit || this instanceof Lost;
    }
}
