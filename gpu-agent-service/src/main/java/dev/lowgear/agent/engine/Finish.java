package dev.lowgear.agent.engine;

import org.jspecify.annotations.Nullable;

/** How a request ended. */
public sealed interface Finish {
    /**
     * By itself.
     *
     * @param reason OpenAI's {@code finish_reason}
     * @param millijoules its share of the engine's energy, absent if not metered
     */
    record Completed(
            FinishReason reason, int promptTokens, int completionTokens, @Nullable Long millijoules)
            implements Finish {}

    /** Its client went away. */
    record Cancelled() implements Finish {}

    /** The engine gave up on it. */
    record Failed(String message) implements Finish {}

    /** OpenAI's {@code finish_reason}. */
    enum FinishReason {
        STOP("stop"),
        LENGTH("length");

        private final String wire;

        FinishReason(String wire) {
            this.wire = wire;
        }

        /** As OpenAI spells it. */
        public String wire() {
            return wire;
        }
    }
}
