package dev.lowgear.core.engine;

/**
 * What bounds an engine's iterations.
 *
 * @param kvBlockTokens tokens a block of the paged KV cache holds
 * @param kvBlocks blocks the KV cache has
 * @param maxBatch requests that may run at once
 * @param chunkTokens token budget of an iteration, decode tokens included (vLLM's {@code
 *     max_num_batched_tokens})
 * @param maxModelLength prompt plus output tokens a request may have
 */
public record EngineLimits(
        int kvBlockTokens, int kvBlocks, int maxBatch, int chunkTokens, int maxModelLength) {

    /**
     * Refuses limits under which a legal request could never finish, or never start.
     *
     * @throws IllegalArgumentException if a figure is not positive, the KV cache does not hold one
     *     request of maximum length, or the budget does not hold one token per running request
     */
    public EngineLimits {
        if (kvBlockTokens <= 0 || kvBlocks <= 0 || maxBatch <= 0 || maxModelLength <= 1) {
            throw new IllegalArgumentException(
                    "engine limits are positive, got blocks of "
                            + kvBlockTokens
                            + " tokens × "
                            + kvBlocks
                            + ", batch "
                            + maxBatch
                            + ", model length "
                            + maxModelLength);
        }
        if (chunkTokens < maxBatch) {
            throw new IllegalArgumentException(
                    "a budget of "
                            + chunkTokens
                            + " tokens per iteration starves a batch of "
                            + maxBatch);
        }
        if ((long) kvBlocks * kvBlockTokens < maxModelLength) {
            throw new IllegalArgumentException(
                    "a KV cache of "
                            + kvBlocks
                            + " blocks does not hold one request of "
                            + maxModelLength
                            + " tokens");
        }
    }

    /** Tokens the KV cache holds when its blocks are full. */
    public int kvCapacityTokens() {
        return kvBlocks * kvBlockTokens;
    }

    /** Blocks that {@code tokens} tokens of one request occupy. */
    public int blocksFor(int tokens) {
        return (tokens + kvBlockTokens - 1) / kvBlockTokens;
    }
}
