package dev.lowgear.core.control;

import dev.lowgear.core.fleet.AgentId;
import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.fleet.HostedEngine;
import dev.lowgear.core.performance.PerformanceTable;
import dev.lowgear.core.slo.PolicySet;

import java.util.List;

/** What happened, as far as the control plane cares. Facts: they cannot be refused. */
public sealed interface Event {
    /**
     * An agent saw something of an engine.
     *
     * @param shard the shard it came through
     * @param agent who saw it
     * @param atNanos when it was received, on the scheduler's monotonic clock; so with the others
     */
    record ObservationReceived(
            int shard, AgentId agent, EngineObservation observation, long atNanos)
            implements Event {}

    /** An agent announced its engines, or that it still lives. */
    record AgentSeen(AgentId agent, List<HostedEngine> engines) implements Event {
        public AgentSeen {
            engines = List.copyOf(engines);
        }
    }

    /** An agent is gone. */
    record AgentLost(AgentId agent) implements Event {}

    /** These are the SLO policies from now on. */
    record PoliciesChanged(PolicySet policies) implements Event {}

    /**
     * A performance table was published: from now on it speaks about the engines of its
     * fingerprint, whatever its version.
     */
    record TablePublished(PerformanceTable table) implements Event {}

    /** No table speaks about the engines of a fingerprint any more. */
    record TableWithdrawn(String fingerprint) implements Event {}

    /**
     * An earlier owner left this of an engine's slow state.
     *
     * @param explorationSteps steps of exploration it took
     * @param tallies outcomes per policy, and what its servos made of them
     */
    record StateRestored(EngineId engine, int explorationSteps, List<Tally> tallies)
            implements Event {
        public StateRestored {
            tallies = List.copyOf(tallies);
        }
    }

    /**
     * A shard of engines is ours to decide about.
     *
     * @param epoch fences what earlier owners may still say
     */
    record ShardTaken(int shard, long epoch) implements Event {}

    /** A shard is somebody else's. */
    record ShardLost(int shard) implements Event {}

    /** Time passed. */
    record Tick(long atNanos) implements Event {}
}
