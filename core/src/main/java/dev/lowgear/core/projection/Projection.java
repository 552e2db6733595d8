package dev.lowgear.core.projection;

import java.util.List;

/**
 * Future batch, KV cache and prefill of one engine per iteration, run-length coded, with the prefix
 * deadlines that must hold (throttLL'eM §3.3 in Lowgear's form).
 *
 * @param segments in order of time; empty when nothing runs
 * @param deadlines in order of segment; deadlines of lost requests are left out unless their policy
 *     rescues them
 */
public record Projection(List<Segment> segments, List<Deadline> deadlines) {
    /** Nothing runs. */
    public static final Projection IDLE = new Projection(List.of(), List.of());

    public Projection {
        segments = List.copyOf(segments);
        deadlines = List.copyOf(deadlines);
        for (Deadline deadline : deadlines) {
            if (deadline.segment() >= segments.size()) {
                throw new IllegalArgumentException(
                        "deadline at segment " + deadline.segment() + " of " + segments.size());
            }
        }
    }

    /** Whether nothing runs. */
    public boolean isIdle() {
        return segments.isEmpty();
    }

    /**
     * This projection in at most {@code mostSegments} segments, merged where that changes least;
     * boundaries that carry deadlines are kept as long as possible.
     */
    public Projection compact(int mostSegments) {
        return CompactProjection.of(this, mostSegments);
    }
}
