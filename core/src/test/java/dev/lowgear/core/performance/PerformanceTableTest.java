package dev.lowgear.core.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.Seeds;
import dev.lowgear.core.gpu.ClockLadder;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Collections;
import java.util.SplittableRandom;

class PerformanceTableTest {
    private static final PerformanceModel MODEL = new Tables.Multilinear(Tables.LADDER);
    private static final PerformanceTable TABLE = Tables.of(MODEL);

    @Seeds
    void reproducesAMultilinearModelAtEveryClock(SplittableRandom random) {
        double batch = 64 * random.nextDouble();
        double kvTokens = 100_000 * random.nextDouble();
        double prefillTokens = 512 * random.nextDouble();

        for (int clock = 0; clock < Tables.LADDER.size(); clock++) {
            assertThat(TABLE.iterationMicros(clock, batch, kvTokens, prefillTokens))
                    .isCloseTo(
                            MODEL.iterationMicros(clock, batch, kvTokens, prefillTokens),
                            Percentage.withPercentage(1e-4));
            assertThat(TABLE.busyWatts(clock, batch, kvTokens, prefillTokens))
                    .isCloseTo(
                            MODEL.busyWatts(clock, batch, kvTokens, prefillTokens),
                            Percentage.withPercentage(1e-4));
        }
    }

    @Seeds
    void asksAllClocksAtOnceForTheSameBits(SplittableRandom random) {
        double batch = 100 * random.nextDouble();
        double kvTokens = 150_000 * random.nextDouble();
        double prefillTokens = 800 * random.nextDouble();
        double[] micros = new double[Tables.LADDER.size()];
        double[] watts = new double[Tables.LADDER.size()];

        TABLE.iterationMicros(batch, kvTokens, prefillTokens, micros);
        TABLE.busyWatts(batch, kvTokens, prefillTokens, watts);

        for (int clock = 0; clock < micros.length; clock++) {
            assertThat(micros[clock])
                    .isEqualTo(TABLE.iterationMicros(clock, batch, kvTokens, prefillTokens));
            assertThat(watts[clock])
                    .isEqualTo(TABLE.busyWatts(clock, batch, kvTokens, prefillTokens));
        }
    }

    @Test
    void continuesLinearlyBeyondTheLastKnotAndHoldsPower() {
        double last = TABLE.iterationMicros(4, 0, 100_000, 0);

        assertThat(TABLE.iterationMicros(4, 0, 300_000, 0) - last)
                .isCloseTo(
                        200_000 * (0.05 + 0.000_1 * 64 + 0.000_01 * 64 * 512),
                        Percentage.withPercentage(0.1));
        assertThat(TABLE.busyWatts(4, 500, 300_000, 4_000))
                .isEqualTo(TABLE.busyWatts(4, 64, 100_000, 512));
    }

    @Seeds
    void neverGetsFasterUnderMoreLoadOrALowerClockEvenOutsideItsKnots(SplittableRandom random) {
        PerformanceTable table = Tables.of(new Jagged(Tables.LADDER, random.nextLong()));
        for (int trial = 0; trial < 50; trial++) {
            double batch = 130 * random.nextDouble();
            double kvTokens = 200_000 * random.nextDouble();
            double prefillTokens = 1_000 * random.nextDouble();
            int clock = random.nextInt(1, Tables.LADDER.size());
            double more = 1 + random.nextDouble();
            double here = table.iterationMicros(clock, batch, kvTokens, prefillTokens);
            double least = here * (1 - 1e-12);

            assertThat(table.iterationMicros(clock - 1, batch, kvTokens, prefillTokens))
                    .isGreaterThanOrEqualTo(least);
            assertThat(table.iterationMicros(clock, batch * more, kvTokens, prefillTokens))
                    .isGreaterThanOrEqualTo(least);
            assertThat(table.iterationMicros(clock, batch, kvTokens * more, prefillTokens))
                    .isGreaterThanOrEqualTo(least);
            assertThat(table.iterationMicros(clock, batch, kvTokens, prefillTokens * more))
                    .isGreaterThanOrEqualTo(least);
            assertThat(table.busyWatts(clock - 1, batch, kvTokens, prefillTokens))
                    .isLessThanOrEqualTo(
                            table.busyWatts(clock, batch, kvTokens, prefillTokens) * (1 + 1e-12));
        }
    }

    @Test
    void extrapolatesStaticPowerToAClockOfZero() {
        // 200 W + 0.4 W × 32 requests, found again among γ from 2 to 8.
        assertThat(TABLE.staticWatts()).isCloseTo(212.8, within(0.1));
    }

    @Test
    void survivesTheWayThroughItsArrays() {
        PerformanceTable copy =
                PerformanceTable.of(
                        TABLE.identity(),
                        TABLE.grid(),
                        TABLE.quality(),
                        TABLE.microsByCell(),
                        TABLE.busyWattsByCell(),
                        TABLE.restWattsByClock(),
                        TABLE.idleWatts(),
                        TABLE.staticWatts());

        assertThat(copy).isEqualTo(TABLE);
        assertThat(copy.iterationMicros(2, 7, 12_345, 100))
                .isEqualTo(TABLE.iterationMicros(2, 7, 12_345, 100));
    }

    @Test
    void refusesPublishedSurfacesThatAreNotMonotoneOrNotPhysical() {
        float[] micros = TABLE.microsByCell();
        micros[Tables.GRID.cell(3, 4, 2, 1)] *= 2;
        assertThatThrownBy(() -> withMicros(micros)).hasMessageContaining("iteration time");

        float[] negative = TABLE.microsByCell();
        negative[0] = -1;
        assertThatThrownBy(() -> withMicros(negative)).hasMessageContaining("positive");

        assertThatThrownBy(() -> withMicros(new float[3])).hasMessageContaining("3 values");
    }

    private static PerformanceTable withMicros(float[] micros) {
        return PerformanceTable.of(
                TABLE.identity(),
                TABLE.grid(),
                TABLE.quality(),
                micros,
                TABLE.busyWattsByCell(),
                TABLE.restWattsByClock(),
                TABLE.idleWatts(),
                TABLE.staticWatts());
    }

    @Test
    void refusesANegativeLoad() {
        assertThatThrownBy(() -> TABLE.iterationMicros(0, -1, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("batch -1");
        assertThatThrownBy(() -> TABLE.busyWatts(0, 0, Double.NaN, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isTrustedOnlyWhereItIsAccurateAndWasTrained() {
        RegionSupport seen =
                RegionSupport.over(Tables.GRID)
                        .plus(Collections.nCopies(20, new OperatingPoint(1005, 8, 9_000, 0)));

        PerformanceTable good = withQuality(seen, 0.05);
        assertThat(good.trusted(TrustGate.STANDARD, 2, 8, 9_000, 0)).isTrue();
        assertThat(good.trusted(TrustGate.STANDARD, 2, 20, 9_000, 0)).isTrue();
        assertThat(good.trusted(TrustGate.STANDARD, 2, 64, 9_000, 0)).isFalse();
        assertThat(good.trusted(TrustGate.STANDARD, 2, 8, 9_000, 100)).isFalse();
        assertThat(good.trusted(TrustGate.STANDARD, 0, 8, 9_000, 0)).isFalse();

        PerformanceTable bad = withQuality(seen, 0.09);
        assertThat(bad.trusted(TrustGate.STANDARD, 2, 8, 9_000, 0)).isFalse();
        assertThat(TABLE.trusted(TrustGate.STANDARD, 2, 8, 9_000, 0)).isFalse();
    }

    private static PerformanceTable withQuality(RegionSupport support, double mape) {
        FitError error = new FitError(100, 0.99, 300, mape);
        TableQuality quality =
                new TableQuality(
                        20, error, error, null, null, false, support, Instant.EPOCH, Instant.EPOCH);
        return PerformanceTable.tabulate(Tables.identity(), Tables.GRID, MODEL, quality);
    }

    /** Time and watts that follow no order at all. */
    private record Jagged(ClockLadder clocks, long seed) implements PerformanceModel {
        private double jag(int clockIndex, double batch, double kvTokens, double prefillTokens) {
            long cell =
                    seed
                            + Double.doubleToLongBits(batch + 1) * 31
                            + Double.doubleToLongBits(kvTokens + 1) * 17
                            + Double.doubleToLongBits(prefillTokens + 1) * 7;
            return new SplittableRandom(cell + clockIndex).nextDouble();
        }

        @Override
        public double iterationMicros(
                int clockIndex, double batch, double kvTokens, double prefillTokens) {
            return 1_000 + 20_000 * jag(clockIndex, batch, kvTokens, prefillTokens) + 100 * batch;
        }

        @Override
        public double busyWatts(
                int clockIndex, double batch, double kvTokens, double prefillTokens) {
            return 100 + 300 * jag(clockIndex, batch, kvTokens, prefillTokens);
        }

        @Override
        public double restWatts(int clockIndex) {
            return 60 + 10 * jag(clockIndex, 0, 0, 0);
        }

        @Override
        public double idleWatts() {
            return 50;
        }

        @Override
        public double staticWatts() {
            return 0;
        }
    }
}
