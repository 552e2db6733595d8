package dev.lowgear.core.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WindowMeterTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void weighsLoadsByTheTimeTheyTook() {
        WindowMeter meter = new WindowMeter(SECOND, 0, 5_000, 1005);
        meter.add(iteration(300, 0, 10, 2000, 1005));
        meter.add(iteration(100, 200, 13, 3000, 1005));
        assertThat(meter.isDue(SECOND - 1)).isFalse();
        assertThat(meter.isDue(SECOND)).isTrue();
        WindowMeter.Window window = meter.end(SECOND, 5_900, 1005);
        assertThat(window.millijoules()).isEqualTo(900);
        assertThat(window.busyFraction()).isCloseTo(.4, within(1e-9));
        assertThat(window.restFraction()).isCloseTo(.2, within(1e-9));
        assertThat(window.meanBatch()).isCloseTo(10.75, within(1e-9));
        assertThat(window.meanKvTokens()).isCloseTo(2250, within(1e-9));
        assertThat(window.clockMhz()).isEqualTo(1005);
        assertThat(window.stable()).isTrue();
    }

    @Test
    void callsAWindowUnstableWhenTheClockMoved() {
        WindowMeter meter = new WindowMeter(SECOND, 0, 0, 1005);
        meter.add(iteration(300, 0, 10, 2000, null));
        assertThat(meter.end(SECOND, 1, 1005).stable()).isFalse();
        meter.add(iteration(300, 0, 10, 2000, 1005));
        meter.add(iteration(300, 0, 20, 2000, 1005));
        assertThat(meter.end(2 * SECOND, 2, 1005).stable()).isTrue();
        assertThat(meter.end(3 * SECOND, 3, 1110).clockMhz()).isNull();
        assertThat(meter.end(4 * SECOND, 4, 1110).stable()).isTrue();
    }

    @Test
    void tellsHowMuchOfTheBusyTimePrefilled() {
        WindowMeter meter = new WindowMeter(SECOND, 0, 0, 1005);
        meter.add(new WindowMeter.Iteration(300_000_000, 0, 10, 2000, 0, 1005));
        meter.add(new WindowMeter.Iteration(100_000_000, 0, 10, 2000, 512, 1005));
        WindowMeter.Window window = meter.end(SECOND, 1, 1005);
        assertThat(window.meanPrefillTokens()).isCloseTo(128, within(1e-9));
        assertThat(window.prefillShare()).isCloseTo(.25, within(1e-9));
        assertThat(meter.end(2 * SECOND, 2, 1005).prefillShare()).isZero();
    }

    @Test
    void neverReportsNegativeEnergyWhenACounterWasReset() {
        WindowMeter meter = new WindowMeter(SECOND, 0, 9_000, 1005);
        assertThat(meter.end(SECOND, 10, 1005).millijoules()).isZero();
        assertThat(meter.end(2 * SECOND, 110, 1005).millijoules()).isEqualTo(100);
    }

    private static WindowMeter.Iteration iteration(
            long busyMillis,
            long restMillis,
            int decoding,
            long kvTokens,
            @Nullable Integer clockMhz) {
        return new WindowMeter.Iteration(
                busyMillis * 1_000_000, restMillis * 1_000_000, decoding, kvTokens, 0, clockMhz);
    }
}
