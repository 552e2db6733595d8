package dev.lowgear.scheduler;

import dev.lowgear.core.control.EngineObservation;
import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.gear.Gear;
import dev.lowgear.core.observation.EngineLoad;
import dev.lowgear.core.observation.FinishedRequest;
import dev.lowgear.core.observation.Pacing;
import dev.lowgear.core.observation.PolicyLoad;
import dev.lowgear.core.projection.Deadline;
import dev.lowgear.core.projection.Projection;
import dev.lowgear.core.projection.Segment;
import dev.lowgear.core.slo.Target;

import java.util.List;

/** What agents see, for tests. */
public final class Observations {
    private Observations() {}

    /** Eight requests under {@code policy} that have a minute for 200 iterations more. */
    public static EngineObservation busy(
            String engine, String policy, long sequence, long stampNanos, Gear gear) {
        return observation(
                engine,
                sequence,
                stampNanos,
                gear,
                new EngineLoad(8, 0, 0, 4_000, 100_000, 0, 0.5, 1, 200, 1.4),
                new Projection(
                        List.of(new Segment(200, 8, 4_000, 8, 0, Segment.NO_LIMIT)),
                        List.of(new Deadline(0, 60_000_000, 1, Target.E2E, "r1"))),
                List.of(new PolicyLoad(policy, 8, 0, 8, 0)),
                List.of());
    }

    /** Nothing runs. */
    public static EngineObservation idle(
            String engine, long sequence, long stampNanos, Gear gear, FinishedRequest... finished) {
        return observation(
                engine,
                sequence,
                stampNanos,
                gear,
                new EngineLoad(0, 0, 0, 0, 100_000, 0, 0, 1, 0, 0),
                Projection.IDLE,
                List.of(),
                List.of(finished));
    }

    private static EngineObservation observation(
            String engine,
            long sequence,
            long stampNanos,
            Gear gear,
            EngineLoad load,
            Projection projection,
            List<PolicyLoad> policies,
            List<FinishedRequest> finished) {
        return new EngineObservation(
                new EngineId(engine),
                1,
                sequence,
                stampNanos,
                load,
                projection,
                policies,
                finished,
                gear,
                Pacing.IMPOSSIBLE);
    }
}
