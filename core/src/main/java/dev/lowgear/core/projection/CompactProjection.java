package dev.lowgear.core.projection;

import java.util.ArrayList;
import java.util.List;

/**
 * Merges neighbouring segments until few enough are left for a message, those first whose merging
 * changes least: with {@code n} iterations and load {@code x} relative to the projection's largest
 * (batch, KV cache and prefill), joining {@code a} and {@code b} costs
 *
 * <pre>
 *   Σ n_a·n_b / (n_a + n_b) · (x_a − x_b)²
 * </pre>
 *
 * the rise in squared error over their iterations. Deadlines are merged as well ({@link
 * DeadlineMerge}). A boundary that carries a deadline, or where the iteration limit changes, goes
 * only when no other is left; its deadlines then move to the boundary before, as in {@link
 * Projector}.
 */
final class CompactProjection {
    private static final double CARRIES_DEADLINE = 1e9;
    private static final double CHANGES_LIMIT = 1e12;

    private final List<Segment> segments;
    private List<Deadline> deadlines;

    private CompactProjection(Projection projection) {
        segments = new ArrayList<>(projection.segments());
        deadlines = projection.deadlines();
    }

    static Projection of(Projection projection, int mostSegments) {
        if (mostSegments < 1) {
            throw new IllegalArgumentException("at least one segment, got " + mostSegments);
        }
        CompactProjection compact = new CompactProjection(projection);
        while (compact.segments.size() > mostSegments) {
            compact.join(compact.cheapest());
        }
        return new Projection(compact.segments, DeadlineMerge.of(compact.deadlines));
    }

    /** The index of the segment to join with the one after it. */
    private int cheapest() {
        double batch = 1;
        double kv = 1;
        double prefill = 1;
        for (Segment segment : segments) {
            batch = Math.max(batch, segment.batch());
            kv = Math.max(kv, segment.meanKvTokens());
            prefill = Math.max(prefill, segment.prefillTokensPerIteration());
        }
        boolean[] carries = new boolean[segments.size()];
        for (Deadline deadline : deadlines) {
            carries[deadline.segment()] = true;
        }
        int cheapest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int s = 0; s + 1 < segments.size(); s++) {
            Segment a = segments.get(s);
            Segment b = segments.get(s + 1);
            double error =
                    square((a.batch() - b.batch()) / batch)
                            + square((a.meanKvTokens() - b.meanKvTokens()) / kv)
                            + square(
                                    (a.prefillTokensPerIteration() - b.prefillTokensPerIteration())
                                            / prefill);
            double cost =
                    error * a.iterations() * b.iterations() / (a.iterations() + b.iterations())
                            + (carries[s] ? CARRIES_DEADLINE : 0)
                            + (a.iterationLimitMicros() == b.iterationLimitMicros()
                                    ? 0
                                    : CHANGES_LIMIT);
            if (cost < least) {
                least = cost;
                cheapest = s;
            }
        }
        return cheapest;
    }

    private void join(int s) {
        Segment a = segments.get(s);
        int passed = 0;
        for (int i = 0; i < s; i++) {
            passed += segments.get(i).iterations();
        }
        segments.set(s, joined(a, segments.remove(s + 1)));
        List<Deadline> moved = new ArrayList<>(deadlines.size());
        for (Deadline deadline : deadlines) {
            moved.add(moved(deadline, s, passed, passed + a.iterations()));
        }
        deadlines = BindingDeadlines.inOrder(moved);
    }

    /** Where a deadline lies after segment {@code joint} has taken in the one behind it. */
    private static Deadline moved(Deadline deadline, int joint, int before, int until) {
        if (deadline.segment() < joint || (deadline.segment() == joint && joint == 0)) {
            return deadline;
        }
        if (deadline.segment() > joint) {
            return at(deadline, deadline.segment() - 1, deadline.remainingMicros());
        }
        long remaining = Projector.share(deadline.remainingMicros(), before, until);
        return at(deadline, joint - 1, remaining);
    }

    private static Deadline at(Deadline deadline, int segment, long remainingMicros) {
        return new Deadline(
                segment,
                remainingMicros,
                deadline.weight(),
                deadline.target(),
                deadline.requestId());
    }

    private static Segment joined(Segment a, Segment b) {
        int iterations = a.iterations() + b.iterations();
        double mean = mean(a, a.meanKvTokens(), b, b.meanKvTokens());
        double first = Math.min(a.kvTokens(), 2 * mean);
        return new Segment(
                iterations,
                mean(a, a.batch(), b, b.batch()),
                first,
                2 * (mean - first) / (iterations - 1),
                mean(a, a.prefillTokensPerIteration(), b, b.prefillTokensPerIteration()),
                Math.min(a.iterationLimitMicros(), b.iterationLimitMicros()));
    }

    private static double mean(Segment a, double ofA, Segment b, double ofB) {
        return (a.iterations() * ofA + b.iterations() * ofB) / (a.iterations() + b.iterations());
    }

    private static double square(double value) {
        return value * value;
    }
}
