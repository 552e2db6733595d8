package dev.lowgear.simulator.policy;

import dev.lowgear.core.gear.Situation;
import dev.lowgear.core.gear.Situations;
import dev.lowgear.core.observation.EngineLoad;
import dev.lowgear.core.observation.FinishedRequest;
import dev.lowgear.core.projection.Deadline;
import dev.lowgear.core.projection.Projection;
import dev.lowgear.core.projection.Segment;
import dev.lowgear.core.slo.Latencies;
import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.core.slo.SloTargets;
import dev.lowgear.core.slo.Target;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Situations and outcomes of the tests here: an {@link InverseClock} with 8 requests running. */
final class Seen {
    static final SloTargets INTERACTIVE =
            new SloTargets(
                    Duration.ofSeconds(2), Duration.ofMillis(60), null, Duration.ofSeconds(22));

    private static final Latencies SOME = new Latencies(1, 2, new Latencies.Gaps(1, 1));

    private Seen() {}

    /** 100 iterations that must be over in {@code millis}. */
    static Situations due(long millis) {
        return Situations.of(
                InverseClock.A100,
                new Projection(
                        List.of(new Segment(100, 8, 4_000, 8, 0, Segment.NO_LIMIT)),
                        List.of(new Deadline(0, millis * 1_000, 1, Target.E2E, "r1"))));
    }

    /** Prompts in prefill of which the first token of one is due in {@code millis}. */
    static Situation prefilling(long promptTokens, long millis, SloTargets targets) {
        var projection =
                new Projection(
                        List.of(new Segment(1, 8, 4_000, 8, 500, Segment.NO_LIMIT)),
                        List.of(new Deadline(0, millis * 1_000, 1, Target.TTFT, "r1")));
        return promising(targets, Situations.of(InverseClock.A100, projection))
                .with(new EngineLoad(8, 1, 0, 4_000, 100_000, promptTokens, .5, 1, 300, 1))
                .build();
    }

    static Situations promising(SloTargets targets, Situations situations) {
        return situations.with(SloPolicy.STANDARD.withTargets(targets));
    }

    static void finish(ListeningPolicy policy, int requests, int tokens) {
        for (int i = 0; i < requests; i++) {
            policy.finished(kept(), SOME, tokens);
        }
    }

    static void miss(ListeningPolicy policy) {
        policy.finished(missed(true), SOME, 100);
    }

    static FinishedRequest kept() {
        return new FinishedRequest("standard", Set.of(), true, .5);
    }

    static FinishedRequest missed(boolean controllable) {
        return new FinishedRequest("standard", Set.of(Target.E2E), controllable, 1.5);
    }
}
