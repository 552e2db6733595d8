package dev.lowgear.launcher.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class BackOffTest {
    private final BackOff backOff = new BackOff();

    @Test
    void restartsAtOnceFirstAndEverMoreSlowlyThen() {
        assertThat(backOff.after(Duration.ofSeconds(1))).isZero();
        assertThat(backOff.after(Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(250));
        assertThat(backOff.after(Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(500));
        for (int i = 0; i < 20; i++) {
            backOff.after(Duration.ZERO);
        }
        assertThat(backOff.after(Duration.ZERO)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void forgetsWhatLivedLong() {
        backOff.after(Duration.ZERO);
        backOff.after(Duration.ZERO);
        assertThat(backOff.after(Duration.ofMinutes(2))).isZero();
    }
}
