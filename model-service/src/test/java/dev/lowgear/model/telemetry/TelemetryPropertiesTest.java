package dev.lowgear.model.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.model.ShippedConfiguration;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

class TelemetryPropertiesTest {
    private static final String PREFIX = "lowgear.model.telemetry";

    @Test
    void shipsWithTheseDefaults() {
        assertThat(bind(Map.of()))
                .isEqualTo(
                        new TelemetryProperties(
                                Duration.ofHours(24),
                                Duration.ofDays(7),
                                Duration.ofMinutes(10),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(10)));
    }

    @Test
    void takesEveryKey() {
        assertThat(
                        bind(
                                Map.of(
                                        PREFIX + ".retention", "2h",
                                        PREFIX + ".request-retention", "3h",
                                        PREFIX + ".sweep-every", "4m",
                                        PREFIX + ".retry-after", "5s",
                                        PREFIX + ".lag-every", "6s")))
                .isEqualTo(
                        new TelemetryProperties(
                                Duration.ofHours(2),
                                Duration.ofHours(3),
                                Duration.ofMinutes(4),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(6)));
    }

    private static TelemetryProperties bind(Map<String, Object> overridden) {
        return ShippedConfiguration.bind(PREFIX, TelemetryProperties.class, overridden);
    }
}
