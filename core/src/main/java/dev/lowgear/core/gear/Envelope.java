package dev.lowgear.core.gear;

/**
 * The operating region a gear will create. Inside it the gear is good until its lease ends; outside
 * it the agent raises to the default gear at once, without asking anyone.
 *
 * @param maximumBatch requests in one iteration, decoding and prefilling
 * @param maximumKvTokens KV-cache tokens in use
 * @param maximumQueuedPrefillTokens prompt tokens not yet prefilled
 * @param maximumBusyMicros busy time of one iteration, never counting the rest before it
 */
public record Envelope(
        int maximumBatch,
        long maximumKvTokens,
        long maximumQueuedPrefillTokens,
        long maximumBusyMicros) {
    /** Excludes nothing: the envelope of the default gear. */
    public static final Envelope UNBOUNDED =
            new Envelope(Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

    public Envelope {
        if (maximumBatch < 0
                || maximumKvTokens < 0
                || maximumQueuedPrefillTokens < 0
                || maximumBusyMicros < 0) {
            throw new IllegalArgumentException("an envelope's bounds are not negative");
        }
    }

    /** Whether this load lies inside. */
    public boolean contains(int batch, long kvTokens, long queuedPrefillTokens) {
        return batch <= maximumBatch
                && kvTokens <= maximumKvTokens
                && queuedPrefillTokens <= maximumQueuedPrefillTokens;
    }

    /** Whether everything inside {@code other} lies inside. */
    public boolean covers(Envelope other) {
        return other.maximumBatch <= maximumBatch
                && other.maximumKvTokens <= maximumKvTokens
                && other.maximumQueuedPrefillTokens <= maximumQueuedPrefillTokens
                && other.maximumBusyMicros <= maximumBusyMicros;
    }

    /** Whether an iteration of this busy time lies inside. */
    public boolean containsIteration(long busyMicros) {
        return busyMicros <= maximumBusyMicros;
    }
}
