package dev.lowgear.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.fleet.AgentId;
import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.fleet.HostedEngine;
import dev.lowgear.core.gear.Gear;
import dev.lowgear.core.gear.GearPolicies;
import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.observation.EngineLoad;
import dev.lowgear.core.observation.FinishedRequest;
import dev.lowgear.core.observation.Pacing;
import dev.lowgear.core.observation.PolicyLoad;
import dev.lowgear.core.performance.PerformanceTable;
import dev.lowgear.core.performance.Tables;
import dev.lowgear.core.performance.TrustGate;
import dev.lowgear.core.projection.Deadline;
import dev.lowgear.core.projection.Projection;
import dev.lowgear.core.projection.Segment;
import dev.lowgear.core.slo.ClockBounds;
import dev.lowgear.core.slo.EnergyMode;
import dev.lowgear.core.slo.Margins;
import dev.lowgear.core.slo.PolicyMatch;
import dev.lowgear.core.slo.PolicyRevision;
import dev.lowgear.core.slo.PolicySet;
import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.core.slo.SloTargets;
import dev.lowgear.core.slo.Target;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One engine of one agent under a control plane, in virtual time. Everything has a default: policy
 * {@code throttllem}, the standard SLO policy, a table trusted at every clock, an A100's ladder, an
 * agent that does as it is told at once. Every answer is checked for the invariants.
 */
public final class ControlPlaneScenario {
    /** An A100's clocks. */
    public static final ClockLadder A100 = ClockLadder.stepped(210, 1410, 15);

    /** The engine. */
    public static final EngineId ENGINE = new EngineId("agent-1.engine-0");

    /** Its agent. */
    public static final AgentId AGENT = new AgentId("agent-1");

    /** The shard it belongs to. */
    public static final int SHARD = 3;

    private final ControlPlane plane;
    private final List<Answer> answers = new ArrayList<>();
    private long nowNanos = 1_000_000_000L;
    private long sequence;
    private long incarnation = 1;
    private Gear gear = Gear.DEFAULT;
    private boolean obedient = true;
    private EngineLoad load = load(0, 0, 0, 0);
    private Projection projection = Projection.IDLE;
    private List<PolicyLoad> policies = List.of();
    private List<FinishedRequest> finished = List.of();
    private PolicySet slo = PolicySet.BUILT_IN;
    private Pacing pacing = Pacing.IMPOSSIBLE;

    private ControlPlaneScenario(String gearPolicy, boolean withPrior) {
        ControlTiming timing = ControlTiming.STANDARD;
        plane =
                new ControlPlane(
                        new EngineControl(GearPolicies.parse(gearPolicy), timing),
                        timing,
                        engine ->
                                withPrior
                                        ? Optional.of(new Tables.Multilinear(A100))
                                        : Optional.empty(),
                        TrustGate.STANDARD,
                        42);
        plane.on(new Event.ShardTaken(SHARD, 100));
        plane.on(new Event.AgentSeen(AGENT, List.of(engine())));
    }

    /** Policy {@code throttllem} with a table trusted everywhere. */
    public static ControlPlaneScenario governed() {
        return exploring().published(LearnedTables.seenFrom(210, A100, 1));
    }

    /** Policy {@code throttllem} with nothing but a prior. */
    public static ControlPlaneScenario exploring() {
        return new ControlPlaneScenario("throttllem", true);
    }

    /** Policy {@code throttllem} without prior or table. */
    public static ControlPlaneScenario unpredictable() {
        return new ControlPlaneScenario("throttllem", false);
    }

    /** Another policy, with a table trusted everywhere. */
    public static ControlPlaneScenario under(String gearPolicy) {
        return new ControlPlaneScenario(gearPolicy, true)
                .published(LearnedTables.seenFrom(210, A100, 1));
    }

    /** A policy with the standard targets for the class of its name, without rest. */
    static SloPolicy policy(String name, EnergyMode mode, ClockBounds clocks, Margins margins) {
        return new SloPolicy(
                name,
                new PolicyMatch(null, null, name),
                SloTargets.STANDARD,
                0.99,
                0,
                false,
                false,
                mode,
                clocks,
                Duration.ZERO,
                margins);
    }

    /** The engine as its agent announces it. */
    public static HostedEngine engine() {
        return new HostedEngine(
                ENGINE,
                AGENT,
                "llama-2-13b",
                "llama-2-13b/a100-40gb/tp2",
                LearnedTables.FINGERPRINT,
                64,
                512,
                A100);
    }

    /** So many running and waiting requests, KV tokens and queued prompt tokens. */
    public static EngineLoad load(int running, int waiting, long kvTokens, long queuedPrefill) {
        return new EngineLoad(
                running, 0, waiting, kvTokens, 100_000, queuedPrefill, 0.5, 1, 200, 1.4);
    }

    ControlPlaneScenario published(PerformanceTable table) {
        plane.on(new Event.TablePublished(table));
        return this;
    }

    ControlPlaneScenario with(SloPolicy policy) {
        slo = slo.with(new PolicyRevision(policy, 1));
        plane.on(new Event.PoliciesChanged(slo));
        return this;
    }

    /** The agent from now on keeps the gear it has, whatever it is told. */
    ControlPlaneScenario disobedient(Gear kept) {
        obedient = false;
        gear = kept;
        return this;
    }

    /** The agent fell back to the default gear by itself; it obeys again afterwards. */
    ControlPlaneScenario reflexed() {
        gear = Gear.DEFAULT;
        return this;
    }

    ControlPlaneScenario restarted() {
        incarnation++;
        sequence = 0;
        gear = Gear.DEFAULT;
        return this;
    }

    ControlPlaneScenario idle() {
        load = load(0, 0, 0, 0);
        projection = Projection.IDLE;
        policies = List.of();
        return this;
    }

    /** {@code batch} requests run for 200 iterations more, and all must be done by then. */
    ControlPlaneScenario running(int batch, Duration deadline) {
        long kvTokens = batch * 500L;
        load = load(batch, 0, kvTokens, 0);
        projection = due(batch, kvTokens, 0, deadline);
        policies = List.of(new PolicyLoad("standard", batch, 0, batch, 0));
        return this;
    }

    ControlPlaneScenario waiting(int requests) {
        load = load(load.running(), requests, load.kvTokens(), requests * 1_000L);
        return this;
    }

    ControlPlaneScenario lost(int requests) {
        policies = List.of(new PolicyLoad("standard", load.running(), 0, load.running(), requests));
        return this;
    }

    ControlPlaneScenario underPolicies(String... names) {
        policies = new ArrayList<>();
        for (String name : names) {
            policies.add(new PolicyLoad(name, 1, 0, 1, 0));
        }
        return this;
    }

    /** The engine can rest between iterations, and no deadline forbids any rest. */
    ControlPlaneScenario pacing() {
        pacing = new Pacing(true, Long.MAX_VALUE);
        return this;
    }

    ControlPlaneScenario projectingNothing() {
        projection = Projection.IDLE;
        return this;
    }

    ControlPlaneScenario finishing(String policy, int met, int missed, int uncontrollable) {
        var outcomes = new ArrayList<FinishedRequest>();
        for (int i = 0; i < met; i++) {
            outcomes.add(new FinishedRequest(policy, Set.of(), true, .8));
        }
        for (int i = 0; i < missed; i++) {
            outcomes.add(new FinishedRequest(policy, Set.of(Target.E2E), true, 1.5));
        }
        for (int i = 0; i < uncontrollable; i++) {
            outcomes.add(new FinishedRequest(policy, Set.of(Target.E2E), false, 1.5));
        }
        finished = outcomes;
        return this;
    }

    ControlPlaneScenario later(Duration by) {
        nowNanos += by.toNanos();
        return this;
    }

    /** The agent reports what it sees, and does as it is told; the answer, if there is one. */
    Optional<Answer> observed() {
        sequence++;
        return receive(observation());
    }

    /** The answer to what the agent now sees. */
    Answer answer() {
        return observed().orElseThrow(() -> new AssertionError("no answer"));
    }

    EngineObservation observation() {
        return new EngineObservation(
                ENGINE,
                incarnation,
                sequence,
                nowNanos + 77,
                load,
                projection,
                policies,
                finished,
                gear,
                pacing);
    }

    Optional<Answer> receive(EngineObservation observation) {
        List<Answer> given =
                plane.on(new Event.ObservationReceived(SHARD, AGENT, observation, nowNanos));
        finished = List.of();
        assertThat(given).hasSizeLessThanOrEqualTo(1);
        for (Answer answer : given) {
            assertThat(Invariants.violatedBy(answer)).isEmpty();
            answers.add(answer);
            if (obedient && answer.decision().directive() instanceof Directive.SetGear set) {
                gear = set.gear();
            }
        }
        return given.stream().findFirst();
    }

    ControlPlane plane() {
        return plane;
    }

    long nowNanos() {
        return nowNanos;
    }

    Gear gear() {
        return gear;
    }

    /** Every answer so far. */
    List<Answer> answers() {
        return answers;
    }

    static Projection due(int batch, long kvTokens, double prefill, Duration deadline) {
        return new Projection(
                List.of(new Segment(200, batch, kvTokens, batch, prefill, Segment.NO_LIMIT)),
                List.of(new Deadline(0, deadline.toNanos() / 1000, 1, Target.E2E, "request-1")));
    }
}
