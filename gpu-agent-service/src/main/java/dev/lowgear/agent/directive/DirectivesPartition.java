package dev.lowgear.agent.directive;

import dev.lowgear.contract.Topics;

/**
 * The partition of the directives topic that this agent reads and announces.
 *
 * @param number from 0
 */
public record DirectivesPartition(int number) {
    /** Spreads agents over the partitions by their id, the same after every restart. */
    public static DirectivesPartition of(String agentId) {
        return new DirectivesPartition(Math.floorMod(agentId.hashCode(), Topics.PARTITIONS));
    }
}
