package dev.lowgear.model.fleet;

import dev.lowgear.contract.AgentInventory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest announcement of every agent. Soft state: rebuilt from the compacted topic at each
 * start.
 */
public final class Engines {
    private final Map<String, AgentInventory> byAgent = new ConcurrentHashMap<>();

    /**
     * An engine with its GPUs' model.
     *
     * @param engine what its agent says about it
     * @param gpuModel model of its GPUs
     * @param clocksMhz SM clocks all its GPUs support, ascending
     */
    public record Announced(
            AgentInventory.Engine engine, String gpuModel, List<Integer> clocksMhz) {}

    void announce(AgentInventory inventory) {
        byAgent.put(inventory.agentId(), inventory);
    }

    void withdraw(String agentId) {
        byAgent.remove(agentId);
    }

    /** Any engine with this fingerprint: all that share it are alike. */
    public Optional<Announced> withFingerprint(String fingerprint) {
        for (AgentInventory inventory : byAgent.values()) {
            for (AgentInventory.Engine engine : inventory.engines()) {
                if (engine.fingerprint().equals(fingerprint)) {
                    Optional<Announced> announced = with(inventory, engine);
                    if (announced.isPresent()) {
                        return announced;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Announced> with(
            AgentInventory inventory, AgentInventory.Engine engine) {
        return inventory.gpus().stream()
                .filter(gpu -> engine.gpus().contains(gpu.uuid()))
                .findFirst()
                .map(gpu -> new Announced(engine, gpu.model(), gpu.clocksMhz()));
    }
}
