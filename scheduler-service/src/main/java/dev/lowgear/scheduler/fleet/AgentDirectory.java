package dev.lowgear.scheduler.fleet;

import dev.lowgear.core.fleet.AgentId;

import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** The partition of the directives topic that each agent reads, as it announced it. */
public final class AgentDirectory {
    private final Map<AgentId, Integer> partitions = new ConcurrentHashMap<>();

    void announce(AgentId agent, int directivesPartition) {
        partitions.put(agent, directivesPartition);
    }

    void withdraw(AgentId agent) {
        partitions.remove(agent);
    }

    /** Where an agent reads its directives; empty for one that nobody announced. */
    public OptionalInt directivesPartition(AgentId agent) {
        Integer partition = partitions.get(agent);
        return partition == null ? OptionalInt.empty() : OptionalInt.of(partition);
    }

    /** How many agents are known. */
    public int size() {
        return partitions.size();
    }
}
