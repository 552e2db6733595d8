package dev.lowgear.gateway.completion;

import java.time.Duration;

/** What is counted of requests. */
public interface RequestMeter {
    /** How a request ended. */
    enum Outcome {
        /** Answered to the end. */
        COMPLETED,
        /** The request was wrong, or there was no room for it. */
        REFUSED,
        /** It was right, but nobody answered it. */
        FAILED,
        /** The answer broke off after it had begun. */
        BROKEN,
        /** The client went away. */
        CANCELLED
    }

    /** A request for a model that is served ended. */
    void ended(String model, Outcome outcome);

    /** An engine began to answer. */
    void started(String model, Duration waited);

    /** The first byte of an answer left for the client. */
    void firstByte(String model, Duration sinceArrival);

    /** Tokens as the engine counted them. */
    void tokens(String model, int prompt, int completion);
}
