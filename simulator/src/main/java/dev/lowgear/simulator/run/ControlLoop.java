package dev.lowgear.simulator.run;

import dev.lowgear.core.control.Answer;
import dev.lowgear.core.control.ControlPlane;
import dev.lowgear.core.control.EngineControl;
import dev.lowgear.core.control.EngineObservation;
import dev.lowgear.core.control.Event;
import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.fleet.AgentId;
import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.fleet.HostedEngine;
import dev.lowgear.core.lease.FencedDirective;
import dev.lowgear.core.performance.AnalyticModel;
import dev.lowgear.core.performance.PerformanceTable;
import dev.lowgear.core.performance.TrustGate;
import dev.lowgear.core.physics.SimulatedEngine;
import dev.lowgear.core.slo.PolicyRevision;
import dev.lowgear.core.slo.PolicySet;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A control plane for one engine, and its directives on their way there. */
final class ControlLoop {
    static final EngineId ENGINE = new EngineId("virtual.engine-0");
    static final long INCARNATION = 1;

    private static final AgentId AGENT = new AgentId("virtual");
    private static final int SHARD = 0;

    /** The table is the physics itself: nobody had to see every region first. */
    private static final TrustGate GATE = new TrustGate(TrustGate.STANDARD.maximumMape(), 0);

    private record UnderWay(long dueNanos, FencedDirective directive) {}

    private final ControlPlane plane;
    private final long delayNanos;
    private final long leaseNanos;
    private final Deque<UnderWay> underWay = new ArrayDeque<>();

    ControlLoop(RunSetup setup, PerformanceTable table) {
        EngineProfile profile = setup.profile();
        plane =
                new ControlPlane(
                        new EngineControl(setup.policy(), setup.timing()),
                        setup.timing(),
                        engine -> Optional.of(AnalyticModel.of(profile)),
                        GATE,
                        setup.seed());
        delayNanos = setup.controlDelay().toNanos();
        leaseNanos = setup.timing().lease().toNanos();
        plane.on(new Event.ShardTaken(SHARD, 1));
        plane.on(new Event.AgentSeen(AGENT, List.of(hosted(profile))));
        plane.on(
                new Event.PoliciesChanged(
                        PolicySet.BUILT_IN.with(new PolicyRevision(setup.slo(), 1))));
        plane.on(new Event.TablePublished(table));
    }

    private static HostedEngine hosted(EngineProfile profile) {
        return new HostedEngine(
                ENGINE,
                AGENT,
                profile.model().id(),
                profile.id(),
                profile.id(),
                profile.limits().maxBatch(),
                profile.limits().chunkTokens(),
                profile.gpu().clocks());
    }

    /** The plane sees the engine; what it answers is under way. */
    void observed(EngineObservation seen, long nowNanos) {
        for (Answer answer :
                plane.on(new Event.ObservationReceived(SHARD, AGENT, seen, nowNanos))) {
            underWay.add(
                    new UnderWay(
                            nowNanos + delayNanos,
                            new FencedDirective(
                                    answer.decision().directive(),
                                    answer.fence(),
                                    seen.stampNanos(),
                                    leaseNanos)));
        }
    }

    /** When the next directive arrives. */
    long dueNanos() {
        UnderWay next = underWay.peek();
        return next == null ? SimulatedEngine.NEVER : next.dueNanos();
    }

    /** The directive that has arrived first; only if one is due. */
    FencedDirective take() {
        return underWay.remove().directive();
    }
}
