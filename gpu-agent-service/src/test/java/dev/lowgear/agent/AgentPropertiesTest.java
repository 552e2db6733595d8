package dev.lowgear.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

class AgentPropertiesTest {
    private static final Map<String, String> REQUIRED =
            Map.of(
                    "lowgear.agent.id", "node",
                    "lowgear.agent.simulated-gpu-directory", "/gpus",
                    "lowgear.agent.guardian.socket", "/guardian.sock",
                    "lowgear.agent.engines[0].id", "e",
                    "lowgear.agent.engines[0].model", "m",
                    "lowgear.agent.engines[0].profile", "llama-2-13b/a100-40gb/tp2",
                    "lowgear.agent.engines[0].gpus[0]", "g0");

    @Test
    void hasDefaultsForAllThatIsNotAboutTheNode() {
        AgentProperties bound = bind(Map.of());
        assertThat(bound.lease()).isEqualTo(Duration.ofSeconds(2));
        assertThat(bound.heartbeat()).isEqualTo(Duration.ofSeconds(2));
        assertThat(bound.meteringWindow()).isEqualTo(Duration.ofSeconds(1));
        assertThat(bound.maximumBody()).isEqualTo(DataSize.ofMegabytes(8));
        assertThat(bound.lengthQuantile()).isEqualTo(.5);
        assertThat(bound.publishQueue()).isEqualTo(20_000);
        assertThat(bound.url()).isNull();
        AgentProperties.Engine engine = bound.engines().getFirst();
        assertThat(engine.backend()).isEqualTo(AgentProperties.Backend.SIMULATED);
        assertThat(engine.maximumPace()).isEqualTo(Duration.ofMillis(500));
        assertThat(engine.seed()).isEqualTo(1);
        assertThat(engine.perturbed()).isTrue();
    }

    @Test
    void takesEveryKey() {
        AgentProperties bound =
                bind(
                        Map.ofEntries(
                                Map.entry("lowgear.agent.url", "http://node:1"),
                                Map.entry("lowgear.agent.lease", "3s"),
                                Map.entry("lowgear.agent.heartbeat", "4s"),
                                Map.entry("lowgear.agent.metering-window", "5s"),
                                Map.entry("lowgear.agent.maximum-body", "1MB"),
                                Map.entry("lowgear.agent.length-quantile", "0.9"),
                                Map.entry("lowgear.agent.publish-queue", "500"),
                                Map.entry("lowgear.agent.engines[0].maximum-pace", "0ms"),
                                Map.entry("lowgear.agent.engines[0].seed", "9"),
                                Map.entry("lowgear.agent.engines[0].perturbed", "false")));
        assertThat(bound.url()).isEqualTo("http://node:1");
        assertThat(bound.lease()).isEqualTo(Duration.ofSeconds(3));
        assertThat(bound.heartbeat()).isEqualTo(Duration.ofSeconds(4));
        assertThat(bound.meteringWindow()).isEqualTo(Duration.ofSeconds(5));
        assertThat(bound.maximumBody()).isEqualTo(DataSize.ofMegabytes(1));
        assertThat(bound.lengthQuantile()).isEqualTo(.9);
        assertThat(bound.publishQueue()).isEqualTo(500);
        assertThat(bound.simulatedGpuDirectory()).isEqualTo(Path.of("/gpus"));
        assertThat(bound.engines().getFirst())
                .extracting(
                        AgentProperties.Engine::maximumPace,
                        AgentProperties.Engine::seed,
                        AgentProperties.Engine::perturbed)
                .containsExactly(Duration.ZERO, 9L, false);
    }

    @Test
    void refusesABackendThatDoesNotExist() {
        assertThatThrownBy(() -> bind(Map.of("lowgear.agent.engines[0].backend", "abacus")))
                .hasStackTraceContaining("abacus");
    }

    private static AgentProperties bind(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(REQUIRED);
        all.putAll(settings);
        return new Binder(new MapConfigurationPropertySource(all))
                .bind("lowgear.agent", Bindable.of(AgentProperties.class))
                .get();
    }
}
