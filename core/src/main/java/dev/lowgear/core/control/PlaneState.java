package dev.lowgear.core.control;

import dev.lowgear.core.fleet.AgentId;
import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.fleet.HostedEngine;
import dev.lowgear.core.observation.FinishedRequest;
import dev.lowgear.core.observation.PolicyLoad;
import dev.lowgear.core.performance.PerformanceTable;
import dev.lowgear.core.performance.TrustGate;
import dev.lowgear.core.slo.PolicyRevision;
import dev.lowgear.core.slo.PolicySet;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the control plane knows. {@link #replay} changes it and decides nothing.
 *
 * <p>Hard state lives in compacted topics and is replayed from there after a take-over: policies,
 * tables, the agents' inventories, the steps of exploration, the tallies of outcomes with their
 * servos as they were saved last. Soft state is gone with its owner and comes back with the next
 * observations, half a second at most: what each engine was told (it is told anew, and meanwhile
 * its lease holds or ends).
 */
final class PlaneState {
    /** An engine as announced, with the prior that speaks about it. */
    private record Member(HostedEngine engine, ModelInForce prior) {}

    private final PriorModels priors;
    private final TrustGate gate;
    private final long seed;
    private final long forgetAfterNanos;

    private final TreeMap<Integer, Long> epochs = new TreeMap<>();
    private final TreeMap<AgentId, TreeMap<EngineId, Member>> agents = new TreeMap<>();
    private final TreeMap<String, PerformanceTable> tables = new TreeMap<>();
    private final TreeMap<EngineId, Event.StateRestored> restored = new TreeMap<>();
    private final TreeMap<EngineId, ControlledEngine> engines = new TreeMap<>();
    private PolicySet policies = PolicySet.BUILT_IN;

    PlaneState(PriorModels priors, TrustGate gate, long seed, long forgetAfterNanos) {
        this.priors = priors;
        this.gate = gate;
        this.seed = seed;
        this.forgetAfterNanos = forgetAfterNanos;
    }

    /** Takes a fact in. */
    void replay(Event event) {
        switch (event) {
            case Event.ObservationReceived received -> observe(received);
            case Event.AgentSeen seen -> announce(seen);
            case Event.AgentLost lost -> forget(lost.agent());
            case Event.PoliciesChanged changed -> policies = changed.policies();
            case Event.TablePublished published ->
                    tables.put(published.table().identity().fingerprint(), published.table());
            case Event.TableWithdrawn withdrawn -> tables.remove(withdrawn.fingerprint());
            case Event.StateRestored left -> restored.put(left.engine(), left);
            case Event.ShardTaken taken -> epochs.merge(taken.shard(), taken.epoch(), Math::max);
            case Event.ShardLost lost -> {
                epochs.remove(lost.shard());
                engines.values().removeIf(engine -> engine.shard() == lost.shard());
            }
            case Event.Tick tick ->
                    engines.values()
                            .removeIf(engine ->
                                    tick.atNanos() - engine.seenAtNanos() > forgetAfterNanos);
        }
    }

    private void observe(Event.ObservationReceived received) {
        EngineObservation seen = received.observation();
        if (!epochs.containsKey(received.shard())) {
            return;
        }
        ControlledEngine known = engines.get(seen.engine());
        if (known == null || known.shard() != received.shard()) {
            var left =
                    restored.getOrDefault(
                            seen.engine(), new Event.StateRestored(seen.engine(), 0, List.of()));
            ControllerState first =
                    ControllerState.initial(
                            seed * 31 + seen.engine().value().hashCode(),
                            left.explorationSteps(),
                            left.tallies(),
                            received.atNanos());
            engines.put(
                    seen.engine(),
                    new ControlledEngine(
                            received.shard(), received.agent(), seen, first, received.atNanos()));
        } else if (!known.isStale(seen)) {
            known.observe(received.agent(), seen, received.atNanos());
        }
    }

    private void announce(Event.AgentSeen seen) {
        TreeMap<EngineId, Member> before = agents.getOrDefault(seen.agent(), new TreeMap<>());
        var members = new TreeMap<EngineId, Member>();
        for (HostedEngine engine : seen.engines()) {
            Member known = before.get(engine.id());
            members.put(
                    engine.id(),
                    known != null && known.engine().equals(engine) ? known : member(engine));
        }
        agents.put(seen.agent(), members);
    }

    private Member member(HostedEngine engine) {
        Optional<ModelInForce> prior = priors.of(engine).map(ModelInForce.Prior::new);
        return new Member(engine, prior.orElseGet(ModelInForce.Unknown::new));
    }

    private void forget(AgentId agent) {
        TreeMap<EngineId, Member> members = agents.remove(agent);
        if (members != null) {
            engines.values().removeIf(engine -> engine.agent().equals(agent));
        }
    }

    /** What to decide from, for the engine as last observed; empty while too little is known. */
    Optional<DecisionInput> input(ControlledEngine engine, long nowNanos) {
        Member member =
                agents.getOrDefault(engine.agent(), new TreeMap<>()).get(engine.latest().engine());
        if (member == null) {
            return Optional.empty();
        }
        return Optional.of(
                new DecisionInput(
                        member.engine(),
                        engine.latest(),
                        inForce(member.engine(), engine.latest()),
                        model(member),
                        engine.state(),
                        nowNanos));
    }

    private ModelInForce model(Member member) {
        PerformanceTable table = tables.get(member.engine().fingerprint());
        return table == null ? member.prior() : new ModelInForce.Learned(table, gate);
    }

    /**
     * The policies of what runs, waits or has just finished; of an engine where nothing runs, also
     * that of a plain request.
     */
    private List<PolicyRevision> inForce(HostedEngine engine, EngineObservation seen) {
        var names = new TreeSet<String>();
        for (PolicyLoad load : seen.policies()) {
            if (load.requests() > 0) {
                names.add(load.policy());
            }
        }
        PolicyRevision plain = policies.resolve(engine.servedModel(), null, null);
        if (names.isEmpty()) {
            names.add(plain.policy().name());
        }
        for (FinishedRequest request : seen.finished()) {
            names.add(request.policy());
        }
        var found = new ArrayList<PolicyRevision>();
        for (String name : names) {
            if (name.equals(plain.policy().name())) {
                found.add(plain);
            } else {
                policies.named(name).ifPresent(found::add);
            }
        }
        return found;
    }

    @Nullable ControlledEngine engine(EngineId id) {
        return engines.get(id);
    }

    /** Engines seen lately on our shards, by id. */
    List<ControlledEngine> engines() {
        return List.copyOf(engines.values());
    }

    @Nullable Long epoch(int shard) {
        return epochs.get(shard);
    }
}
