package dev.lowgear.model.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.model.ShippedConfiguration;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

class BrokerPropertiesTest {
    private static final String PREFIX = "lowgear.model.broker";

    @Test
    void shipsWithTheseDefaults() {
        assertThat(bind(Map.of()))
                .isEqualTo(
                        new BrokerProperties(
                                8, (short) 1, Duration.ofSeconds(5), Duration.ofSeconds(10)));
    }

    @Test
    void takesEveryKey() {
        assertThat(
                        bind(
                                Map.of(
                                        PREFIX + ".partitions", "16",
                                        PREFIX + ".replication", "3",
                                        PREFIX + ".retry-every", "7s",
                                        PREFIX + ".patience", "8s")))
                .isEqualTo(
                        new BrokerProperties(
                                16, (short) 3, Duration.ofSeconds(7), Duration.ofSeconds(8)));
    }

    private static BrokerProperties bind(Map<String, Object> overridden) {
        return ShippedConfiguration.bind(PREFIX, BrokerProperties.class, overridden);
    }
}
