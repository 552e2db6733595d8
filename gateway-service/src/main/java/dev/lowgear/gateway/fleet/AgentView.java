package dev.lowgear.gateway.fleet;

import dev.lowgear.contract.AgentInventory;
import dev.lowgear.core.fleet.AgentId;
import dev.lowgear.core.fleet.EngineId;

import java.net.URI;
import java.util.List;

/**
 * An agent as this gateway knows it; immutable.
 *
 * @param heardNanos when it was last heard of, by this process's monotonic clock
 * @param suspectUntilNanos until when it is only tried if nobody else is left, because it did not
 *     answer
 */
record AgentView(
        AgentId id,
        URI url,
        boolean draining,
        List<ServingEngine> engines,
        long heardNanos,
        long suspectUntilNanos) {
    static AgentView of(AgentInventory inventory, long nowNanos) {
        AgentId id = new AgentId(inventory.agentId());
        URI url = URI.create(inventory.url());
        if (url.getHost() == null || !List.of("http", "https").contains(url.getScheme())) {
            throw new IllegalArgumentException("url: an http URL, got '" + inventory.url() + "'");
        }
        List<ServingEngine> engines =
                inventory.engines().stream().map(engine -> engine(engine, id, url)).toList();
        return new AgentView(id, url, inventory.draining(), engines, nowNanos, nowNanos);
    }

    private static ServingEngine engine(AgentInventory.Engine engine, AgentId agent, URI url) {
        return new ServingEngine(
                new EngineId(engine.engineId()),
                agent,
                url,
                engine.servedModel(),
                engine.state(),
                Math.max(1, engine.maximumBatch()),
                Math.max(0, engine.maximumModelLength()));
    }

    boolean isSilent(long nowNanos, long silenceNanos) {
        return nowNanos - heardNanos > silenceNanos;
    }

    boolean isSuspect(long nowNanos) {
        return suspectUntilNanos - nowNanos > 0;
    }

    AgentView suspectUntil(long nanos) {
        return new AgentView(id, url, draining, engines, heardNanos, nanos);
    }
}
