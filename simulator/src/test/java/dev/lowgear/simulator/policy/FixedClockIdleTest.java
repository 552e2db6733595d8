package dev.lowgear.simulator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.core.slo.ClockBounds;

import org.junit.jupiter.api.Test;

class FixedClockIdleTest {
    @Test
    void holdsItsClockWhateverIsDue() {
        var policy = new FixedClockIdle(1_000);
        assertThat(policy.choose(Seen.due(60_000).build()).gear().clockMhz()).isEqualTo(1_005);
        assertThat(policy.choose(Seen.due(500).build()).gear().clockMhz()).isEqualTo(1_005);
        var floored = Seen.due(500).with(new ClockBounds(1_200, 1_410)).build();
        assertThat(policy.choose(floored).gear().clockMhz()).isEqualTo(1_200);
    }

    @Test
    void refusesAClockThatIsNone() {
        assertThatThrownBy(() -> new FixedClockIdle(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("positive MHz");
    }
}
