package dev.lowgear.agent.engine;

import java.time.Duration;

/** What became of a submitted request. */
public sealed interface Submission {
    /** It runs: its tokens follow. */
    record Accepted() implements Submission {}

    /** It cannot start now; its sender may keep it and ask again after the wait. */
    record Full(Duration expectedWait, String reason) implements Submission {}

    /** It is shed. */
    record Rejected(Duration retryAfter, String reason) implements Submission {}

    /** The engine does not take requests: it is stopping, or broken. */
    record Unavailable(String reason) implements Submission {}
}
