package dev.lowgear.launcher.supervision;

import java.time.Instant;

/**
 * What the supervisor knows about a part.
 *
 * @param name the part
 * @param phase what it is doing
 * @param pid its process, 0 when there is none
 * @param restarts how often it was started again
 * @param failures starts in a row that did not make it ready
 * @param since when the phase began
 * @param detail why, for a person
 * @param start how it became ready the last time
 */
public record PartState(
        String name,
        Phase phase,
        long pid,
        int restarts,
        int failures,
        Instant since,
        String detail,
        PartStart start) {

    /** What a part is doing. */
    public enum Phase {
        WAITING,
        STARTING,
        READY,
        DOWN,
        /** What went wrong is no matter of starting it again. */
        GIVEN_UP,
        STOPPED
    }

    static PartState waiting(String name, Instant now) {
        return new PartState(name, Phase.WAITING, 0, 0, 0, now, "", PartStart.NONE);
    }

    PartState starting(Instant now) {
        return new PartState(name, Phase.STARTING, 0, restarts, failures, now, detail, start);
    }

    PartState ready(long newPid, PartStart how, Instant now) {
        return new PartState(name, Phase.READY, newPid, restarts, 0, now, "", how);
    }

    PartState notReady(String reason, Instant now) {
        return new PartState(name, Phase.DOWN, 0, restarts + 1, failures + 1, now, reason, start);
    }

    PartState ended(String reason, Instant now) {
        return new PartState(name, Phase.DOWN, 0, restarts + 1, failures, now, reason, start);
    }

    PartState givenUp(String reason, Instant now) {
        return new PartState(name, Phase.GIVEN_UP, 0, restarts, failures + 1, now, reason, start);
    }

    PartState stopped(Instant now) {
        return new PartState(name, Phase.STOPPED, 0, restarts, failures, now, "", start);
    }
}
