package dev.lowgear.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.performance.OperatingPoint;
import dev.lowgear.core.performance.PerformanceModel;

import org.junit.jupiter.api.Test;

class PowerSampleTest {
    private static final PerformanceModel MODEL = new Saturating();
    private static final int HIGHEST = MODEL.clocks().highestIndex();

    @Test
    void predictsIterationsThatPrefillAndThoseThatDoNotEachByItself() {
        double prefilling = MODEL.busyWatts(HIGHEST, 8, 4_000, 512);
        double decoding = MODEL.busyWatts(HIGHEST, 8, 4_000, 0);
        double expected = .5 * (.25 * prefilling + .75 * decoding) + .5 * MODEL.restWatts(HIGHEST);
        PowerSample mixed = window(128, .25);
        assertThat(prefilling).isGreaterThan(decoding);
        assertThat(mixed.isUniform()).isFalse();
        assertThat(mixed.predictedWatts(MODEL)).isCloseTo(expected, within(1e-9));
    }

    @Test
    void takesAWindowOfOneKindByItsMeanLoad() {
        double expected =
                .5 * MODEL.busyWatts(HIGHEST, 8, 4_000, 128) + .5 * MODEL.restWatts(HIGHEST);
        assertThat(window(128, 1).isUniform()).isTrue();
        assertThat(window(128, 1).predictedWatts(MODEL)).isCloseTo(expected, within(1e-9));
        assertThat(window(0, 0).isUniform()).isTrue();
    }

    private static PowerSample window(double meanPrefillTokens, double prefillShare) {
        int highest = MODEL.clocks().highest();
        return new PowerSample(
                0, 400, .5, new OperatingPoint(highest, 8, 4_000, meanPrefillTokens), prefillShare);
    }

    /** Draws the more in prefill, up to 128 tokens. */
    private record Saturating() implements PerformanceModel {
        @Override
        public ClockLadder clocks() {
            return ClockLadder.of(705, 1410);
        }

        @Override
        public double iterationMicros(
                int clockIndex, double batch, double kvTokens, double prefillTokens) {
            return 10_000;
        }

        @Override
        public double busyWatts(
                int clockIndex, double batch, double kvTokens, double prefillTokens) {
            return 400 + Math.min(128, prefillTokens);
        }

        @Override
        public double restWatts(int clockIndex) {
            return 100;
        }

        @Override
        public double idleWatts() {
            return 100;
        }

        @Override
        public double staticWatts() {
            return 200;
        }
    }
}
