package dev.lowgear.core.projection;

/**
 * A run of future iterations in which nothing changes but the KV cache growing evenly.
 *
 * @param iterations how many, at least 1
 * @param batch expected decoding requests
 * @param kvTokens expected KV tokens in use at its start
 * @param kvTokensPerIteration expected growth of them per iteration
 * @param prefillTokensPerIteration expected prompt tokens prefilled in each iteration
 * @param iterationLimitMicros strictest time one iteration may take for the requests that live in
 *     it (tail-TBT targets, and mean-TBT targets of those without a first token); {@link #NO_LIMIT}
 *     for none
 */
public record Segment(
        int iterations,
        double batch,
        double kvTokens,
        double kvTokensPerIteration,
        double prefillTokensPerIteration,
        long iterationLimitMicros) {
    /** No request in it limits the time of one iteration. */
    public static final long NO_LIMIT = Long.MAX_VALUE;

    public Segment {
        if (iterations < 1) {
            throw new IllegalArgumentException(
                    "a segment has at least one iteration, got " + iterations);
        }
        if (!(batch >= 0) || !(kvTokens >= 0) || !(prefillTokensPerIteration >= 0)) {
            throw new IllegalArgumentException("a segment's load is not negative");
        }
        if (iterationLimitMicros <= 0) {
            throw new IllegalArgumentException("an iteration limit is positive");
        }
    }

    /** KV tokens in the middle of the segment: what its mean iteration sees. */
    public double meanKvTokens() {
        return kvTokens + kvTokensPerIteration * (iterations - 1) / 2.0;
    }
}
