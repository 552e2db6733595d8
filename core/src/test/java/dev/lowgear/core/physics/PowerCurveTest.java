package dev.lowgear.core.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.gpu.GpuModel;

import org.junit.jupiter.api.Test;

class PowerCurveTest {
    private final PowerCurve a100 = Calibration.of(GpuModel.A100_40GB).power();
    private final PowerCurve h100 = Calibration.of(GpuModel.H100).power();

    @Test
    void fullClockWattsAreThoseOfTheFits() {
        assertThat(a100.fullClockWatts(0, 0)).isEqualTo(285);
        assertThat(a100.fullClockWatts(1, 1)).isEqualTo(365);
        assertThat(h100.fullClockWatts(0, 0)).isEqualTo(475);
        assertThat(h100.fullClockWatts(1, 0)).isEqualTo(689);
    }

    @Test
    void theBoardBoundsThem() {
        assertThat(h100.fullClockWatts(1, 1)).isEqualTo(700);
    }

    /** .52 + .48·x⁶; .62 + .38·x⁸; .45 + .55·x^3.5. */
    @Test
    void busyWattsFallWithAHighPowerOfTheClock() {
        assertThat(a100.relativeBusy(1)).isCloseTo(1, within(1e-12));
        assertThat(a100.relativeBusy(0.7)).isCloseTo(0.52 + 0.48 * 0.117649, within(1e-9));
        assertThat(Calibration.of(GpuModel.A100_40GB_DGX).power().relativeBusy(0.7))
                .isCloseTo(0.62 + 0.38 * 0.05764801, within(1e-9));
        assertThat(h100.relativeBusy(0.64)).isCloseTo(0.45 + 0.55 * 0.2097152, within(1e-9));
    }

    /** At the floor .5⁶ = .015625; at half of it only half of that, where x⁶ would be 1/64. */
    @Test
    void underTheVoltageFloorPowerFallsOnlyLinearly() {
        assertThat(a100.relativeBusy(0.5)).isCloseTo(0.52 + 0.48 * 0.015625, within(1e-12));
        assertThat(a100.relativeBusy(0.25)).isCloseTo(0.52 + 0.48 * 0.0078125, within(1e-12));
    }

    @Test
    void restingDrawsIdlePowerAtTheLockedClock() {
        assertThat(a100.rest(1)).isEqualTo(75);
        assertThat(a100.rest(0.5)).isEqualTo(65);
        assertThat(h100.rest(1)).isEqualTo(105);
        assertThat(a100.withIdlePowerFactor(1.4).rest(1)).isCloseTo(105, within(1e-9));
    }

    /** The logistic is a half at log2 B = 5.5, between 45 and 46 requests. */
    @Test
    void powerRisesWithTheBatchAndSaturates() {
        assertThat(PowerCurve.batchLoad(0)).isZero();
        assertThat(PowerCurve.batchLoad(45)).isLessThan(0.5);
        assertThat(PowerCurve.batchLoad(46)).isGreaterThan(0.5);
        assertThat(PowerCurve.batchLoad(256)).isBetween(0.95, 0.96);
    }
}
