package dev.lowgear.core.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.gpu.ClockLadder;

import org.junit.jupiter.api.Test;

class AnalyticModelTest {
    /** 1 TB/s, 100 TFLOP/s, 300 W, idle 60 W; 5 billion weights in 10 GB, 100 kB of KV a token. */
    private static final AnalyticModel MODEL =
            AnalyticModel.of(
                    new AnalyticModel.Sheet(
                            ClockLadder.of(500, 1000), 1e12, 100e12, 300, 60, 5e9, 10e9, 1e5, 2));

    @Test
    void streamsWeightsAndCacheFromMemoryWhenTokensAreFew() {
        // (10 GB + 20,000 · 100 kB) / (0.6 · 2 TB/s) = 10 ms, at either clock
        assertThat(MODEL.iterationMicros(1, 8, 20_000, 0)).isCloseTo(10_000, within(1e-9));
        assertThat(MODEL.iterationMicros(0, 8, 20_000, 0)).isCloseTo(10_000, within(1e-9));
    }

    @Test
    void computesWhenTokensAreManyTwiceAsLongAtHalfTheClock() {
        // 2 · 5e9 · (24 + 1,200) / (0.6 · 200 TFLOP/s) = 102 ms
        assertThat(MODEL.iterationMicros(1, 24, 0, 1_200)).isCloseTo(102_000, within(1e-9));
        assertThat(MODEL.iterationMicros(0, 24, 0, 1_200)).isCloseTo(204_000, within(1e-9));
    }

    @Test
    void drawsACubicOfTheClockOnBothGpus() {
        assertThat(MODEL.busyWatts(1, 8, 0, 0)).isEqualTo(600);
        assertThat(MODEL.busyWatts(0, 8, 0, 0)).isEqualTo(2 * (60 + 240 / 8.0));
        assertThat(MODEL.idleWatts()).isEqualTo(120);
    }

    @Test
    void refusesSheetsThatCannotBe() {
        assertThatThrownBy(() ->
                        new AnalyticModel.Sheet(ClockLadder.of(1000), 0, 1, 300, 60, 1, 1, 1, 1))
                .hasMessageContaining("memoryBandwidth");
        assertThatThrownBy(() ->
                        new AnalyticModel.Sheet(ClockLadder.of(1000), 1, 1, 50, 60, 1, 1, 1, 1))
                .hasMessageContaining("boardWatts");
    }
}
