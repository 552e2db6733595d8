package dev.lowgear.model.fleet;

import dev.lowgear.contract.AgentInventory;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest announcement of every agent. Soft state: rebuilt from the compacted topic at each
 * start.
 */
public final class Engines {
    private final Map<String, AgentInventory> byAgent = new ConcurrentHashMap<>();

    void announce(AgentInventory inventory) {
        byAgent.put(inventory.agentId(), inventory);
    }

    void withdraw(String agentId) {
        byAgent.remove(agentId);
    }

    /** Any engine with this fingerprint: all that share it are alike. */
    public Optional<AgentInventory.Engine> withFingerprint(String fingerprint) {
        return byAgent.values().stream()
                .flatMap(inventory -> inventory.engines().stream())
                .filter(engine -> engine.fingerprint().equals(fingerprint))
                .findFirst();
    }
}
