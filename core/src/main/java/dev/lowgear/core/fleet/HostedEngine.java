package dev.lowgear.core.fleet;

import dev.lowgear.core.gpu.ClockLadder;

/**
 * An engine as its agent announces it: what does not change while it runs.
 *
 * @param id engine
 * @param agent the agent that owns it
 * @param servedModel model name as clients know it
 * @param profile {@code <model>/<gpu>/tp<n>}
 * @param fingerprint what makes engines comparable: a performance table speaks about one
 * @param maximumBatch requests that may run at once
 * @param chunkTokens token budget of one iteration
 * @param clocks the clocks all its GPUs support
 */
public record HostedEngine(
        EngineId id,
        AgentId agent,
        String servedModel,
        String profile,
        String fingerprint,
        int maximumBatch,
        int chunkTokens,
        ClockLadder clocks) {
    public HostedEngine {
        if (maximumBatch < 1 || chunkTokens < 1) {
            throw new IllegalArgumentException("engine " + id + ": batch and chunk are positive");
        }
    }
}
