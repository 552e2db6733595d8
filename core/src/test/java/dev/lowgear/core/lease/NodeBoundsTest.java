package dev.lowgear.core.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.core.gear.Gear;

import org.junit.jupiter.api.Test;

class NodeBoundsTest {
    private static final NodeBounds BOUNDS = new NodeBounds(600, 1410, 20_000, 2_000_000_000L);

    @Test
    void clampsClockAndPace() {
        assertThat(BOUNDS.clamp(new Gear(210, 50_000))).isEqualTo(new Gear(600, 20_000));
        assertThat(BOUNDS.clamp(new Gear(1980, 1_000))).isEqualTo(new Gear(1410, 1_000));
    }

    @Test
    void leavesTheDefaultGearAlone() {
        assertThat(BOUNDS.clamp(Gear.DEFAULT)).isEqualTo(Gear.DEFAULT);
    }

    @Test
    void refusesBoundsThatExcludeEverything() {
        assertThatThrownBy(() -> new NodeBounds(1410, 600, 0, 1)).hasMessageContaining("1410");
        assertThatThrownBy(() -> new NodeBounds(600, 1410, -1, 1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> new NodeBounds(600, 1410, 0, 0)).hasMessageContaining("0");
    }
}
