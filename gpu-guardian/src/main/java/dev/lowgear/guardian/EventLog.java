package dev.lowgear.guardian;

import java.io.PrintStream;
import java.time.InstantSource;

/** Where the guardian says what happened, one {@code key=value} line each. */
@FunctionalInterface
interface EventLog {
    void record(String line);

    /** Lines with their time of day. */
    static EventLog to(PrintStream stream, InstantSource clock) {
        return line -> stream.println(clock.instant() + " " + line);
    }
}
