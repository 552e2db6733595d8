package dev.lowgear.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.core.control.ControlTiming;
import dev.lowgear.core.performance.TrustGate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import java.time.Duration;
import java.util.Map;

class SchedulerPropertiesTest {
    private static SchedulerProperties bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("lowgear.scheduler", SchedulerProperties.class);
    }

    @Test
    void defaultsAreThoseOfTheDesign() {
        SchedulerProperties properties = bound(Map.of());
        assertThat(properties.policy().name()).isEqualTo("lowgear");
        assertThat(properties.timing()).isEqualTo(ControlTiming.STANDARD);
        assertThat(properties.gate()).isEqualTo(TrustGate.STANDARD);
        assertThat(properties.seed()).isEqualTo(1);
        assertThat(properties.tickEvery()).isEqualTo(Duration.ofMillis(100));
        assertThat(properties.saveEvery()).isEqualTo(Duration.ofSeconds(15));
        assertThat(properties.outboxEvery()).isEqualTo(Duration.ofMillis(250));
        assertThat(properties.schemaEvery()).isEqualTo(Duration.ofSeconds(2));
        assertThat(properties.engines()).isEqualTo(20_000);
        assertThat(properties.decisionsKept()).isEqualTo(2_000);
    }

    @Test
    void everyKeyIsBound() {
        SchedulerProperties properties =
                bound(
                        Map.ofEntries(
                                Map.entry("lowgear.scheduler.gear-policy", "fixed-clock:1005"),
                                Map.entry("lowgear.scheduler.seed", "7"),
                                Map.entry("lowgear.scheduler.lease", "3s"),
                                Map.entry("lowgear.scheduler.rhythm", "50ms"),
                                Map.entry("lowgear.scheduler.deadband", "0.1"),
                                Map.entry("lowgear.scheduler.exploration-step", "5s"),
                                Map.entry("lowgear.scheduler.maximum-mape", "0.05"),
                                Map.entry("lowgear.scheduler.minimum-support", "9"),
                                Map.entry("lowgear.scheduler.tick-every", "10ms"),
                                Map.entry("lowgear.scheduler.save-every", "1s"),
                                Map.entry("lowgear.scheduler.outbox-every", "1s"),
                                Map.entry("lowgear.scheduler.schema-every", "1s"),
                                Map.entry("lowgear.scheduler.engines", "5"),
                                Map.entry("lowgear.scheduler.decisions-kept", "6")));
        assertThat(properties)
                .isEqualTo(
                        new SchedulerProperties(
                                "fixed-clock:1005",
                                7,
                                Duration.ofSeconds(3),
                                Duration.ofMillis(50),
                                0.1,
                                Duration.ofSeconds(5),
                                0.05,
                                9,
                                Duration.ofMillis(10),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(1),
                                5,
                                6));
    }

    @ParameterizedTest
    @CsvSource({
        "gear-policy, warp-speed",
        "lease, 10ms",
        "lease, 5m",
        "deadband, 1.5",
        "maximum-mape, 0",
        "tick-every, 0s"
    })
    void impossibleValuesAreRefusedByTheirKey(String key, String value) {
        assertThatThrownBy(() -> bound(Map.of("lowgear.scheduler." + key, value)))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bound(Map.of("lowgear.scheduler." + key, value)))
                .hasStackTraceContaining(key);
    }
}
