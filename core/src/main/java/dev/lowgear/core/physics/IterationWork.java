package dev.lowgear.core.physics;

/**
 * What one iteration computes.
 *
 * @param batch requests in it
 * @param decodeTokens tokens generated from cached context, one per decoding request
 * @param prefillTokens prompt tokens (or, after a preemption, recomputed ones)
 * @param prefillRequests requests those belong to
 * @param kvTokens tokens in the KV cache when it ends
 * @param prefillAttention token pairs its prefill attends to: Σ chunk · mean context of the chunk
 */
public record IterationWork(
        int batch,
        int decodeTokens,
        int prefillTokens,
        int prefillRequests,
        long kvTokens,
        double prefillAttention) {

    /** One decode step of {@code batch} requests that hold {@code kvTokens} tokens together. */
    public static IterationWork decode(int batch, long kvTokens) {
        return new IterationWork(batch, batch, 0, 0, kvTokens, 0);
    }

    /** Decode and prefill tokens together. */
    public int tokens() {
        return decodeTokens + prefillTokens;
    }
}
