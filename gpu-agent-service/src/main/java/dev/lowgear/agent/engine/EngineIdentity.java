package dev.lowgear.agent.engine;

import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.fleet.EngineId;

import java.util.List;

/**
 * Who an engine is, in every record about it.
 *
 * @param agentId its agent
 * @param id engine id
 * @param servedModel model name as clients know it
 * @param profile model, GPU and size
 * @param backend what runs it
 * @param gpus UUIDs of its GPUs
 * @param incarnation changes whenever it restarts
 */
public record EngineIdentity(
        String agentId,
        EngineId id,
        String servedModel,
        EngineProfile profile,
        String backend,
        List<String> gpus,
        long incarnation) {
    public EngineIdentity {
        gpus = List.copyOf(gpus);
    }

    /** What makes engines comparable: tables are learned and shared per fingerprint. */
    public String fingerprint() {
        return profile.id();
    }
}
