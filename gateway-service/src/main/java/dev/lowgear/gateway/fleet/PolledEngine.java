package dev.lowgear.gateway.fleet;

import dev.lowgear.core.fleet.AgentId;
import dev.lowgear.core.fleet.EngineId;

import org.jspecify.annotations.Nullable;

import java.net.URI;

/**
 * What the gateway reads of an engine in an agent's {@code GET /api/v1/engines}.
 *
 * @param engineId engine
 * @param servedModel model name as clients know it
 * @param state {@code starting}, {@code ready}, {@code draining} or {@code stopped}
 */
public record PolledEngine(String engineId, String servedModel, String state) {
    ServingEngine at(AgentId agent, URI url, @Nullable ServingEngine announced) {
        return new ServingEngine(
                new EngineId(engineId),
                agent,
                url,
                servedModel,
                state,
                announced == null ? ServingEngine.ASSUMED_BATCH : announced.maximumBatch(),
                announced == null ? 0 : announced.maximumModelLength());
    }
}
