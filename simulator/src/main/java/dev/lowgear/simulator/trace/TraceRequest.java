package dev.lowgear.simulator.trace;

/**
 * One request of a trace.
 *
 * @param arrivalNanos since the start of the trace
 * @param promptTokens at least 1
 * @param outputTokens at least 1
 */
public record TraceRequest(long arrivalNanos, int promptTokens, int outputTokens) {
    public TraceRequest {
        if (arrivalNanos < 0) {
            throw new IllegalArgumentException("arrival before the start of the trace");
        }
        if (promptTokens < 1 || outputTokens < 1) {
            throw new IllegalArgumentException(
                    "a request has at least one prompt token and one output token, got "
                            + promptTokens
                            + " and "
                            + outputTokens);
        }
    }
}
