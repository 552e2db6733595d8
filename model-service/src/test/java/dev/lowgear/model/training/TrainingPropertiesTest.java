package dev.lowgear.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.model.ShippedConfiguration;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

class TrainingPropertiesTest {
    private static final String PREFIX = "lowgear.model.training";

    @Test
    void shipsWithTheseDefaults() {
        assertThat(bind(Map.of()))
                .isEqualTo(
                        new TrainingProperties(
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(1),
                                500,
                                Duration.ofHours(2),
                                30_000,
                                0.8,
                                0.08,
                                1.1));
    }

    @Test
    void takesEveryKey() {
        assertThat(
                        bind(
                                Map.of(
                                        PREFIX + ".first-after", "1m",
                                        PREFIX + ".every", "2m",
                                        PREFIX + ".look-every", "3s",
                                        PREFIX + ".minimum-samples", "4",
                                        PREFIX + ".window", "5h",
                                        PREFIX + ".maximum-samples", "6000",
                                        PREFIX + ".minimum-r2", "0.7",
                                        PREFIX + ".maximum-mape", "0.05",
                                        PREFIX + ".maximum-regression", "1.2")))
                .isEqualTo(
                        new TrainingProperties(
                                Duration.ofMinutes(1),
                                Duration.ofMinutes(2),
                                Duration.ofSeconds(3),
                                4,
                                Duration.ofHours(5),
                                6_000,
                                0.7,
                                0.05,
                                1.2));
    }

    private static TrainingProperties bind(Map<String, Object> overridden) {
        return ShippedConfiguration.bind(PREFIX, TrainingProperties.class, overridden);
    }
}
