package dev.lowgear.launcher.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

class SeriesTest {
    private static final long SEED = 42;

    @Test
    void seesASlowLeakUnderALotOfNoise() {
        var series = noisy(120, second -> 100 + second / 60, 5);
        assertThat(series.slope() * 60).isCloseTo(1, within(0.3));
        assertThat(series.growth()).isCloseTo(10, within(3.0));
        assertThat(series.grows(5)).isTrue();
        assertThat(series.grows(15)).isFalse();
    }

    @Test
    void takesNoiseForNoLeak() {
        int cried = 0;
        for (int seed = 0; seed < 200; seed++) {
            var random = new SplittableRandom(seed);
            var series = new Series();
            for (int i = 0; i < 60; i++) {
                series.add(5.0 * i, 100 + random.nextGaussian());
            }
            cried += series.grows(0) ? 1 : 0;
        }
        assertThat(cried).as("of 200, one in twenty by accident").isLessThan(22);
    }

    @Test
    void isNotMovedByASingleOutlier() {
        var series = new Series();
        for (int i = 0; i < 20; i++) {
            series.add(i, i == 17 ? 1_000 : 50);
        }
        assertThat(series.slope()).isZero();
        assertThat(series.grows(1)).isFalse();
        assertThat(series.max()).isEqualTo(1_000);
    }

    @Test
    void judgesThePartAfterTheWarmUpOnly() {
        var series = new Series();
        for (int i = 0; i < 100; i++) {
            series.add(i, Math.min(i, 40));
        }
        assertThat(series.grows(5)).isTrue();
        assertThat(series.from(45).grows(5)).isFalse();
        assertThat(series.from(45).size()).isEqualTo(55);
    }

    @Test
    void saysNothingOfTooFewPoints() {
        var series = new Series();
        assertThat(series.slope()).isZero();
        assertThat(series.last()).isZero();
        series.add(0, 1);
        series.add(1, 100);
        assertThat(series.grows(0)).isFalse();
    }

    private static Series noisy(int points, DoubleUnaryOperator truth, double noise) {
        var random = new SplittableRandom(SEED);
        var series = new Series();
        for (int i = 0; i < points; i++) {
            double second = 5.0 * i;
            series.add(second, truth.applyAsDouble(second) + noise * random.nextGaussian());
        }
        return series;
    }
}
