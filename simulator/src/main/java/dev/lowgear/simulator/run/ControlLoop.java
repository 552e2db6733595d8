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
import dev.lowgear.core.gear.GearPolicy;
import dev.lowgear.core.gear.GearReason;
import dev.lowgear.core.lease.FencedDirective;
import dev.lowgear.core.performance.AnalyticModel;
import dev.lowgear.core.physics.SimulatedEngine;
import dev.lowgear.core.slo.PolicyRevision;
import dev.lowgear.core.slo.PolicySet;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/** A control plane for one engine, and its directives on their way there. */
final class ControlLoop {
    static final long INCARNATION = 1;

    private static final AgentId AGENT = new AgentId("virtual");
    private static final int SHARD = 0;

    private record UnderWay(long dueNanos, long number, FencedDirective directive) {}

    private final ControlPlane plane;
    private final Disruptions disruptions;
    private final long leaseNanos;
    private final PriorityQueue<UnderWay> underWay =
            new PriorityQueue<>(
                    Comparator.comparingLong(UnderWay::dueNanos)
                            .thenComparingLong(UnderWay::number));
    private final Map<GearReason, Long> decisions = new EnumMap<>(GearReason.class);

    private long sent;

    ControlLoop(RunSetup setup, EngineId engine, GearPolicy policy, Disruptions disruptions) {
        this.disruptions = disruptions;
        EngineProfile profile = setup.profile();
        plane =
                new ControlPlane(
                        new EngineControl(policy, setup.timing()),
                        setup.timing(),
                        hosted -> Optional.of(AnalyticModel.of(profile)),
                        setup.table().gate(),
                        setup.specimen().seed());
        leaseNanos = setup.timing().lease().toNanos();
        plane.on(new Event.ShardTaken(SHARD, 1));
        plane.on(new Event.AgentSeen(AGENT, List.of(hosted(engine, profile))));
        plane.on(
                new Event.PoliciesChanged(
                        PolicySet.BUILT_IN.with(new PolicyRevision(setup.slo(), 1))));
        setup.table().table().ifPresent(table -> plane.on(new Event.TablePublished(table)));
    }

    private static HostedEngine hosted(EngineId engine, EngineProfile profile) {
        return new HostedEngine(
                engine,
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
            decisions.merge(answer.decision().choice().reason(), 1L, Long::sum);
            var directive =
                    new FencedDirective(
                            answer.decision().directive(),
                            answer.fence(),
                            seen.stampNanos(),
                            leaseNanos);
            for (long due : disruptions.deliveries(answer, nowNanos)) {
                underWay.add(new UnderWay(due, sent++, directive));
            }
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

    /** How many decisions were taken for each reason. */
    Map<GearReason, Long> decisions() {
        return decisions;
    }
}
