package dev.lowgear.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.gateway.access.AccessProperties;
import dev.lowgear.gateway.access.Role;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.unit.DataSize;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class GatewayPropertiesTest {
    private static final String KEY = "a".repeat(64);

    @Test
    void bindsItsDefaultsFromNothing() {
        GatewayProperties bound = bind(Map.of());
        assertThat(bound)
                .isEqualTo(
                        new GatewayProperties(
                                List.of(),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(10),
                                URI.create("http://127.0.0.1:8082"),
                                URI.create("http://127.0.0.1:8083"),
                                DataSize.ofMegabytes(8),
                                GatewayProperties.Routing.LEAST_LOADED,
                                new GatewayProperties.Queue(
                                        1000,
                                        Duration.ofSeconds(10),
                                        Duration.ofMinutes(5),
                                        Duration.ofSeconds(10),
                                        Duration.ofMillis(50),
                                        Duration.ofSeconds(2)),
                                new GatewayProperties.Timeouts(
                                        Duration.ofSeconds(1),
                                        Duration.ofMinutes(2),
                                        Duration.ofMinutes(10),
                                        Duration.ofSeconds(30)),
                                10_000));
    }

    /** The commented file says what happens anyway. */
    @Test
    void shipsAFileThatSaysTheDefaults() throws Exception {
        StandardEnvironment environment = new StandardEnvironment();
        for (PropertySource<?> source :
                new YamlPropertySourceLoader()
                        .load("shipped", new ClassPathResource("application.yml"))) {
            environment.getPropertySources().addLast(source);
        }
        Binder binder = Binder.get(environment);
        assertThat(binder.bindOrCreate("lowgear.gateway", GatewayProperties.class))
                .isEqualTo(bind(Map.of()));
        assertThat(binder.bindOrCreate("lowgear.gateway.access", AccessProperties.class))
                .isEqualTo(
                        new AccessProperties(
                                List.of(),
                                Duration.ofSeconds(5),
                                Path.of(
                                        System.getProperty("user.home"),
                                        ".lowgear/gateway/keys.json")));
        assertThat(environment.getProperty("server.address")).isEqualTo("127.0.0.1");
        assertThat(environment.getProperty("server.port")).isEqualTo("8080");
    }

    @Test
    void bindsEveryKey() {
        GatewayProperties bound =
                bind(
                        Map.ofEntries(
                                Map.entry("lowgear.gateway.agents[0].id", "node-1"),
                                Map.entry("lowgear.gateway.agents[0].url", "http://node-1:8081"),
                                Map.entry("lowgear.gateway.poll-interval", "1s"),
                                Map.entry("lowgear.gateway.agent-silence", "3s"),
                                Map.entry("lowgear.gateway.scheduler-url", "http://s"),
                                Map.entry("lowgear.gateway.model-service-url", "http://m"),
                                Map.entry("lowgear.gateway.maximum-body", "1MB"),
                                Map.entry("lowgear.gateway.routing", "round-robin"),
                                Map.entry("lowgear.gateway.queue.capacity", "5"),
                                Map.entry("lowgear.gateway.queue.ageing", "6s"),
                                Map.entry("lowgear.gateway.queue.longest-wait", "7s"),
                                Map.entry("lowgear.gateway.queue.commit-after", "8s"),
                                Map.entry("lowgear.gateway.queue.probe-interval", "9ms"),
                                Map.entry("lowgear.gateway.queue.longest-retry", "10s"),
                                Map.entry("lowgear.gateway.timeouts.connect", "11s"),
                                Map.entry("lowgear.gateway.timeouts.stream-idle", "12s"),
                                Map.entry("lowgear.gateway.timeouts.answer", "13s"),
                                Map.entry("lowgear.gateway.timeouts.owner", "14s"),
                                Map.entry("lowgear.gateway.event-queue", "150")));
        assertThat(bound)
                .isEqualTo(
                        new GatewayProperties(
                                List.of(
                                        new GatewayProperties.Agent(
                                                "node-1", URI.create("http://node-1:8081"))),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(3),
                                URI.create("http://s"),
                                URI.create("http://m"),
                                DataSize.ofMegabytes(1),
                                GatewayProperties.Routing.ROUND_ROBIN,
                                new GatewayProperties.Queue(
                                        5,
                                        Duration.ofSeconds(6),
                                        Duration.ofSeconds(7),
                                        Duration.ofSeconds(8),
                                        Duration.ofMillis(9),
                                        Duration.ofSeconds(10)),
                                new GatewayProperties.Timeouts(
                                        Duration.ofSeconds(11),
                                        Duration.ofSeconds(12),
                                        Duration.ofSeconds(13),
                                        Duration.ofSeconds(14)),
                                150));
    }

    @Test
    void bindsKeysWithTheirRoles() {
        AccessProperties bound =
                new Binder(
                                new MapConfigurationPropertySource(
                                        Map.of(
                                                "a.keys[0].tenant", "acme",
                                                "a.keys[0].sha256", KEY,
                                                "a.keys[0].role", "admin",
                                                "a.refresh", "1s",
                                                "a.remembered-in", "/keys")))
                        .bind("a", AccessProperties.class)
                        .get();
        assertThat(bound.keys()).containsExactly(new AccessProperties.Key("acme", KEY, Role.ADMIN));
    }

    @Test
    void namesTheKeyThatIsImpossible() {
        assertThatThrownBy(() -> bind(Map.of("lowgear.gateway.queue.ageing", "-1s")))
                .rootCause()
                .hasMessageContaining("lowgear.gateway.queue.ageing: a positive duration");
        assertThatThrownBy(() -> bind(Map.of("lowgear.gateway.maximum-body", "0B")))
                .rootCause()
                .hasMessageContaining("lowgear.gateway.maximum-body");
    }

    @Test
    void saysInOneLineWhyItDoesNotStart() {
        assertThat(
                        GatewayApplication.oneLine(
                                new IllegalStateException(new PortInUseException(8080))))
                .hasValueSatisfying(line -> assertThat(line).contains("port 8080 is taken"));
        assertThat(GatewayApplication.oneLine(new UnsafeBindingException("0.0.0.0")))
                .hasValueSatisfying(line ->
                        assertThat(line)
                                .contains("refusing to listen on 0.0.0.0")
                                .doesNotContain("\n"));
        assertThat(GatewayApplication.oneLine(new IllegalStateException("bug"))).isEmpty();
    }

    private static GatewayProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("lowgear.gateway", GatewayProperties.class);
    }
}
