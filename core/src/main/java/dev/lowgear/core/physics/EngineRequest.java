package dev.lowgear.core.physics;

/**
 * A request as the simulated engine sees it. It alone knows the true output length.
 *
 * @param id unique among the requests in the engine
 * @param promptTokens at least 1
 * @param outputTokens tokens after which the model would stop by itself, at least 1
 * @param maxTokens bound set by the client, at least 1
 */
public record EngineRequest(long id, int promptTokens, int outputTokens, int maxTokens) {

    /** Refuses counts below 1. */
    public EngineRequest {
        if (promptTokens < 1 || outputTokens < 1 || maxTokens < 1) {
            throw new IllegalArgumentException(
                    "request "
                            + id
                            + " needs at least one prompt and output token, got "
                            + promptTokens
                            + " prompt, "
                            + outputTokens
                            + " output, at most "
                            + maxTokens);
        }
    }
}
