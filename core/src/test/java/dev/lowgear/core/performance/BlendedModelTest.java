package dev.lowgear.core.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.gpu.ClockLadder;

import org.junit.jupiter.api.Test;

import java.util.Collections;

class BlendedModelTest {
    private static final PerformanceModel PRIOR = new Flat(Tables.LADDER, 1_000, 100);
    private static final PerformanceModel LEARNED = new Flat(Tables.LADDER, 4_000, 400);

    @Test
    void weighsBothTheSameAtHalfwaySupportAndThePriorAloneWhereNothingWasSeen() {
        RegionSupport support =
                RegionSupport.over(Tables.GRID)
                        .plus(Collections.nCopies(50, new OperatingPoint(1410, 8, 9_000, 0)));
        BlendedModel blended = new BlendedModel(PRIOR, LEARNED, support, 50);

        assertThat(blended.weight(4, 8, 9_000, 0)).isEqualTo(0.5);
        assertThat(blended.iterationMicros(4, 8, 9_000, 0)).isCloseTo(2_000, within(1e-9));
        assertThat(blended.busyWatts(4, 8, 9_000, 0)).isCloseTo(200, within(1e-9));
        assertThat(blended.iterationMicros(0, 8, 9_000, 0)).isEqualTo(1_000);
    }

    private record Flat(ClockLadder clocks, double micros, double watts)
            implements PerformanceModel {
        @Override
        public double iterationMicros(
                int clockIndex, double batch, double kvTokens, double prefillTokens) {
            return micros;
        }

        @Override
        public double busyWatts(
                int clockIndex, double batch, double kvTokens, double prefillTokens) {
            return watts;
        }

        @Override
        public double restWatts(int clockIndex) {
            return watts / 2;
        }

        @Override
        public double idleWatts() {
            return watts / 4;
        }

        @Override
        public double staticWatts() {
            return watts / 3;
        }
    }
}
