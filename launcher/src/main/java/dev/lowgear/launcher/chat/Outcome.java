package dev.lowgear.launcher.chat;

/** How a request ended for its client. */
public sealed interface Outcome {
    /** Answered in full. */
    record Completed(StreamTimes times, int tokens) implements Outcome {}

    /** Refused, broken off, or not answered at all. */
    record Failed(String reason) implements Outcome {}
}
