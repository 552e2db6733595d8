package dev.lowgear.simulator.trace;

import org.jspecify.annotations.Nullable;

/** Reads one line of one format. */
interface RowParser {
    /**
     * A request as its row has it.
     *
     * @param nanos arrival, from any origin that is the same for every row
     * @param promptTokens at least 1
     * @param outputTokens at least 1
     */
    record Row(long nanos, int promptTokens, int outputTokens) {}

    /**
     * The request on this line; null if it is about one that was never answered.
     *
     * @throws IllegalArgumentException saying what was expected instead
     */
    @Nullable Row parse(String line);
}
