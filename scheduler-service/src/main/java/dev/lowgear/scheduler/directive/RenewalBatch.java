package dev.lowgear.scheduler.directive;

import dev.lowgear.contract.DirectiveMessage;
import dev.lowgear.contract.MessageCodec;
import dev.lowgear.core.fleet.AgentId;
import dev.lowgear.core.fleet.EngineId;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Renewals waiting to travel together: per agent one record, in it per engine the newest. Owned by
 * the control loop's thread.
 */
final class RenewalBatch {
    private final long leaseMillis;
    private final SortedMap<AgentId, SortedMap<EngineId, DirectiveMessage.Renewal>> waiting =
            new TreeMap<>();

    RenewalBatch(long leaseMillis) {
        this.leaseMillis = leaseMillis;
    }

    void put(AgentId agent, EngineId engine, DirectiveMessage.Renewal renewal) {
        waiting.computeIfAbsent(agent, _ -> new TreeMap<>()).put(engine, renewal);
    }

    /** Forgets a renewal that a new gear has overtaken. */
    void overtaken(AgentId agent, EngineId engine) {
        Map<EngineId, DirectiveMessage.Renewal> ofAgent = waiting.get(agent);
        if (ofAgent != null) {
            ofAgent.remove(engine);
        }
    }

    /** One record per agent, and none waits any more. */
    List<DirectiveMessage.Renewals> drain() {
        List<DirectiveMessage.Renewals> records = new ArrayList<>();
        waiting.forEach((agent, ofAgent) -> {
            if (!ofAgent.isEmpty()) {
                records.add(
                        new DirectiveMessage.Renewals(
                                MessageCodec.SCHEMA_VERSION,
                                agent.value(),
                                leaseMillis,
                                List.copyOf(ofAgent.values())));
            }
        });
        waiting.clear();
        return records;
    }
}
