package dev.lowgear.core.projection;

import dev.lowgear.core.slo.Target;

/**
 * A prefix deadline: the segments up to and including one must take no longer than what remains.
 *
 * @param segment index of the segment at whose end it falls
 * @param remainingMicros time left from the projection's own instant; negative if already late
 * @param weight expected misses if it is not met, in (0, 1]: quantiles of one request's completion
 *     share its weight
 * @param target which target it stands for
 * @param requestId whose it is
 */
public record Deadline(
        int segment, long remainingMicros, double weight, Target target, String requestId) {
    public Deadline {
        if (segment < 0) {
            throw new IllegalArgumentException(
                    "a deadline falls at the end of a segment, got " + segment);
        }
        if (!(weight > 0 && weight <= 1)) {
            throw new IllegalArgumentException("a deadline's weight is in (0, 1], got " + weight);
        }
    }
}
