package dev.lowgear.gateway.fleet;

import dev.lowgear.core.fleet.AgentId;
import dev.lowgear.core.fleet.EngineId;

import java.net.URI;

/**
 * An engine and where to reach it.
 *
 * @param id the engine
 * @param agent its agent
 * @param url base URL of the agent
 * @param model served model name
 * @param state {@code starting}, {@code ready}, {@code draining} or {@code stopped}
 * @param maximumBatch requests it runs at once at most
 * @param maximumModelLength most tokens of prompt and answer together, 0 if not known
 */
public record ServingEngine(
        EngineId id,
        AgentId agent,
        URI url,
        String model,
        String state,
        int maximumBatch,
        int maximumModelLength) {
    /** What is assumed of an engine whose agent has not announced its inventory yet. */
    static final int ASSUMED_BATCH = 64;

    /** Where a path of the agent's API is. */
    public URI at(String path) {
        String base = url.toString();
        return URI.create(
                (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    /** Whether it takes requests. */
    public boolean isReady() {
        return state.equals("ready");
    }
}
