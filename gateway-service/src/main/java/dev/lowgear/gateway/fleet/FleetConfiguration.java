package dev.lowgear.gateway.fleet;

import dev.lowgear.gateway.GatewayProperties;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.net.http.HttpClient;
import java.util.List;

/** The fleet, and those who ask the agents that are configured. */
@Configuration(proxyBeanMethods = false)
class FleetConfiguration {
    @Bean
    Fleet fleet(GatewayProperties properties) {
        return new Fleet(properties.agentSilence());
    }

    @Bean(initMethod = "start")
    Seeds seeds(Fleet fleet, GatewayProperties properties) {
        HttpClient http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(properties.timeouts().connect())
                        .build();
        return new Seeds(
                properties.agents().stream()
                        .map(agent -> new SeedClient(fleet, agent, properties.pollInterval(), http))
                        .toList(),
                http);
    }

    /** All of them. */
    record Seeds(List<SeedClient> clients, HttpClient http) implements AutoCloseable {
        void start() {
            clients.forEach(SeedClient::start);
        }

        @Override
        public void close() {
            clients.forEach(SeedClient::close);
            http.shutdownNow();
        }
    }
}
