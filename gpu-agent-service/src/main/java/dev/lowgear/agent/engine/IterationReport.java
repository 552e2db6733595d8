package dev.lowgear.agent.engine;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * One finished iteration, as an engine tells it.
 *
 * @param number 1 for the engine's first
 * @param endNanos when its tokens were there, on the agent's monotonic clock
 * @param busyNanos how long it took, never counting the rest before it
 * @param restNanos rest before it
 * @param paceMicros pace in force when it began
 * @param clockMhz clock read back; absent if it changed meanwhile
 * @param load what it computed
 * @param tokens what it gave out
 */
public record IterationReport(
        long number,
        long endNanos,
        long busyNanos,
        long restNanos,
        long paceMicros,
        @Nullable Integer clockMhz,
        Load load,
        List<Token> tokens) {
    /**
     * What an iteration computed.
     *
     * @param requests in it
     * @param decodeTokens generated from cached context
     * @param prefillTokens prompt tokens prefilled
     * @param prefillRequests requests those belong to
     * @param prefillContextTokens mean context of a prefilled token
     * @param kvTokens tokens in the KV cache
     * @param kvBlocks blocks in use
     * @param queued requests waiting in the engine
     */
    public record Load(
            int requests,
            int decodeTokens,
            int prefillTokens,
            int prefillRequests,
            long prefillContextTokens,
            long kvTokens,
            int kvBlocks,
            int queued) {}

    /**
     * One token of one request.
     *
     * @param handle the request's handle
     * @param generated how many it has now; 1 means this was its first
     * @param text its text
     * @param finish why it was the last, absent if more follow
     */
    public record Token(
            long handle, int generated, String text, Finish.@Nullable FinishReason finish) {}
}
