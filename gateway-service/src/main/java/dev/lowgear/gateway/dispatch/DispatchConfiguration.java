package dev.lowgear.gateway.dispatch;

import dev.lowgear.core.routing.LeastLoaded;
import dev.lowgear.core.routing.RoundRobin;
import dev.lowgear.core.routing.RoutingPolicy;
import dev.lowgear.gateway.GatewayProperties;
import dev.lowgear.gateway.fleet.Fleet;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The pools, each metered under its model. */
@Configuration(proxyBeanMethods = false)
class DispatchConfiguration {
    @Bean
    Pools pools(Fleet fleet, GatewayProperties properties, MeterRegistry meters) {
        RoutingPolicy routing =
                switch (properties.routing()) {
                    case LEAST_LOADED -> new LeastLoaded();
                    case ROUND_ROBIN -> new RoundRobin();
                };
        return new Pools(fleet, properties.queue(), routing, pool -> meter(pool, meters));
    }

    private static void meter(Pool pool, MeterRegistry meters) {
        Gauge.builder("lowgear.gateway.queued", pool, Pool::queued)
                .description("requests waiting for an engine")
                .tag("model", pool.model())
                .register(meters);
        Gauge.builder("lowgear.gateway.in.flight", pool, Pool::inFlight)
                .description("requests at engines")
                .tag("model", pool.model())
                .register(meters);
    }
}
