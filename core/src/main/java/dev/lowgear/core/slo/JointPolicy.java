package dev.lowgear.core.slo;

import java.time.Duration;
import java.util.List;

/**
 * What several policies on one engine allow together: the strictest of each.
 *
 * @param holdsMaximumClock whether any of them does
 * @param clocks the highest floor and the lowest ceiling, the floor winning
 * @param maximumPace the shortest
 * @param margins the largest of each
 */
public record JointPolicy(
        boolean holdsMaximumClock, ClockBounds clocks, Duration maximumPace, Margins margins) {
    /** The strictest of the given ones; with none given, nothing is restricted. */
    public static JointPolicy of(List<PolicyRevision> policies) {
        var joint =
                new JointPolicy(false, ClockBounds.ANY, SloPolicy.LONGEST_PACE, new Margins(1, 1));
        for (PolicyRevision revision : policies) {
            joint = joint.and(revision.policy());
        }
        return joint;
    }

    private JointPolicy and(SloPolicy policy) {
        return new JointPolicy(
                holdsMaximumClock || policy.holdsMaximumClock(),
                clocks.and(policy.clocks()),
                maximumPace.compareTo(policy.maximumPace()) <= 0
                        ? maximumPace
                        : policy.maximumPace(),
                new Margins(
                        Math.max(margins.deadlinePrice(), policy.margins().deadlinePrice()),
                        Math.max(margins.throttllem(), policy.margins().throttllem())));
    }
}
