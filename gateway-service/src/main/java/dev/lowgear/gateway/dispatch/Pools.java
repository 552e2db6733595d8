package dev.lowgear.gateway.dispatch;

import dev.lowgear.core.routing.RoutingPolicy;
import dev.lowgear.gateway.GatewayProperties;
import dev.lowgear.gateway.fleet.Fleet;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/** One pool per served model, made when the model is first asked for. */
public final class Pools implements AutoCloseable {
    private final Map<String, Pool> byModel = new ConcurrentHashMap<>();
    private final Fleet fleet;
    private final GatewayProperties.Queue settings;
    private final RoutingPolicy routing;
    private final Consumer<Pool> whenMade;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("pool-timer").daemon().factory());

    /**
     * No pools yet.
     *
     * @param whenMade told of each pool once
     */
    public Pools(
            Fleet fleet,
            GatewayProperties.Queue settings,
            RoutingPolicy routing,
            Consumer<Pool> whenMade) {
        this.fleet = fleet;
        this.settings = settings;
        this.routing = routing;
        this.whenMade = whenMade;
        fleet.onChange(() -> byModel.values().forEach(Pool::wake));
    }

    /** The pool of a model that is known to be served. */
    public Pool of(String model) {
        return byModel.computeIfAbsent(
                model,
                name -> {
                    Pool pool = new Pool(name, fleet, settings, routing, timer);
                    whenMade.accept(pool);
                    return pool;
                });
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
