package dev.lowgear.core.gear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.slo.ClockBounds;

import org.junit.jupiter.api.Test;

class ClockRangeTest {
    private static final ClockLadder LADDER = ClockLadder.of(705, 900, 1005, 1200, 1410);

    private static ClockRange range(int floor, int ceiling) {
        return ClockRange.of(LADDER, new ClockBounds(floor, ceiling));
    }

    @Test
    void keepsTheRungsWithinTheBounds() {
        assertThat(range(800, 1300).lowestMhz()).isEqualTo(900);
        assertThat(range(800, 1300).highestMhz()).isEqualTo(1200);
        assertThat(range(900, 900).highestMhz()).isEqualTo(900);
    }

    @Test
    void floorWinsWhereNoRungLiesWithin() {
        assertThat(range(910, 1000).lowestMhz()).isEqualTo(1005);
        assertThat(range(910, 1000).highestMhz()).isEqualTo(1005);
    }

    @Test
    void boundsBeyondTheLadderAreItsEnds() {
        assertThat(range(5000, 6000).lowestMhz()).isEqualTo(1410);
        assertThat(range(0, 100).highestMhz()).isEqualTo(705);
    }

    @Test
    void containsSupportedClocksWithinOnly() {
        assertThat(range(800, 1300).contains(1005)).isTrue();
        assertThat(range(800, 1300).contains(1000)).isFalse();
        assertThat(range(800, 1300).contains(705)).isFalse();
        assertThat(range(800, 1300).contains(1410)).isFalse();
    }
}
