package dev.lowgear.model.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.model.ShippedConfiguration;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

class RegistryPropertiesTest {
    private static final String PREFIX = "lowgear.model.registry";

    @Test
    void shipsWithTheseDefaultsAndTakesEveryKey() {
        assertThat(bind(Map.of())).isEqualTo(new RegistryProperties(20, Duration.ofSeconds(2)));
        assertThat(bind(Map.of(PREFIX + ".kept", "5", PREFIX + ".publish-every", "3s")))
                .isEqualTo(new RegistryProperties(5, Duration.ofSeconds(3)));
    }

    private static RegistryProperties bind(Map<String, Object> overridden) {
        return ShippedConfiguration.bind(PREFIX, RegistryProperties.class, overridden);
    }
}
