package dev.lowgear.launcher.endtoend;

/** How a request ended for its client. */
enum Ending {
    /** Every token, a finish reason, and {@code [DONE]}. */
    COMPLETED,
    /** An error status with OpenAI's error object. */
    REFUSED,
    /** A stream that ended with OpenAI's error object as an event. */
    ERROR_EVENT,
    /** Nobody took the connection. */
    UNREACHABLE,
    /** The connection ended before the answer did: whoever held it died. */
    CUT,
    /** Something that an OpenAI client cannot understand. */
    MALFORMED,
    /** Nothing came for a minute and more. */
    HUNG;

    /** Whether a client knows what happened and may try again. */
    boolean isClean() {
        return this == COMPLETED || this == REFUSED || this == ERROR_EVENT;
    }
}
