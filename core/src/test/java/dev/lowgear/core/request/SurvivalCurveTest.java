package dev.lowgear.core.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.Seeds;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

class SurvivalCurveTest {
    /** 100 tokens with probability .7, 400 with probability .3. */
    private static final SurvivalCurve BIMODAL =
            SurvivalCurve.of(new int[] {100, 400}, new double[] {.3, 0}, 2_048);

    @Test
    void pointIsCertainUntilItsLength() {
        SurvivalCurve point = SurvivalCurve.point(5, 100);
        assertThat(point.beyond(4)).isEqualTo(1);
        assertThat(point.beyond(5)).isZero();
        assertThat(point.furtherTokens(.5, 2)).isEqualTo(3);
        assertThat(point.furtherTokens(1, 2)).isEqualTo(3);
        assertThat(point.meanFurtherTokens(2)).isEqualTo(3);
    }

    @Test
    void overrunPointRunsToItsCeiling() {
        SurvivalCurve point = SurvivalCurve.point(5, 100);
        assertThat(point.furtherTokens(.5, 5)).isEqualTo(95);
        assertThat(point.beyond(99, 5)).isEqualTo(1);
        assertThat(point.beyond(100, 5)).isZero();
    }

    @Test
    void answerBeyondItsCeilingIsTakenToEndWithTheNextToken() {
        assertThat(SurvivalCurve.point(5, 100).furtherTokens(.9, 100)).isEqualTo(1);
    }

    @Test
    void quantilesFollowTheMass() {
        assertThat(BIMODAL.furtherTokens(.5, 0)).isEqualTo(100);
        assertThat(BIMODAL.furtherTokens(.7, 0)).isEqualTo(100);
        assertThat(BIMODAL.furtherTokens(.71, 0)).isEqualTo(400);
        assertThat(BIMODAL.meanFurtherTokens(0)).isCloseTo(190, within(1e-9));
    }

    @Test
    void longerAnswerIsExpectedToGoOnLonger() {
        assertThat(BIMODAL.furtherTokens(.5, 99)).isEqualTo(1);
        assertThat(BIMODAL.furtherTokens(.5, 100)).isEqualTo(300);
        assertThat(BIMODAL.beyond(200, 100)).isEqualTo(1);
    }

    @Test
    void maximumTokensCutAndMinimumTokensCondition() {
        SurvivalCurve limited = BIMODAL.within(new OutputLimits(200, 101, false, null));
        assertThat(limited.beyond(100)).isEqualTo(1);
        assertThat(limited.beyond(150)).isEqualTo(1);
        assertThat(limited.beyond(200)).isZero();
        assertThat(limited.furtherTokens(.1, 0)).isEqualTo(200);
    }

    @Test
    void poolingMixes() {
        SurvivalCurve pooled = SurvivalCurve.point(10, 100).pooledWith(BIMODAL, .5);
        assertThat(pooled.beyond(9)).isEqualTo(1);
        assertThat(pooled.beyond(10)).isEqualTo(.5);
        assertThat(pooled.beyond(100)).isCloseTo(.15, within(1e-12));
        assertThat(pooled.beyond(400)).isZero();
    }

    @Test
    void refusesAFallingLengthOrARisingProbability() {
        assertThatThrownBy(() -> SurvivalCurve.of(new int[] {5, 5}, new double[] {.5, .2}, 9))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SurvivalCurve.of(new int[] {5, 6}, new double[] {.5, .6}, 9))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Seeds
    void lookupsAgreeWithTheMassPoints(SplittableRandom random) {
        int ceiling = 60;
        double[] mass = new double[ceiling + 1];
        double total = 0;
        for (int n = 1; n <= ceiling; n++) {
            mass[n] = random.nextInt(3) == 0 ? random.nextInt(1, 5) : 0;
            total += mass[n];
        }
        mass[ceiling] += 1;
        total += 1;
        int[] lengths = new int[ceiling];
        double[] survival = new double[ceiling];
        double left = total;
        for (int n = 1; n <= ceiling; n++) {
            left -= mass[n];
            lengths[n - 1] = n;
            survival[n - 1] = left / total;
        }
        SurvivalCurve curve = SurvivalCurve.of(lengths, survival, ceiling);
        int generated = random.nextInt(ceiling);
        double condition = 0;
        for (int n = generated + 1; n <= ceiling; n++) {
            condition += mass[n];
        }
        double mean = 0;
        double seen = 0;
        for (int n = generated + 1; n <= ceiling; n++) {
            mean += (n - generated) * mass[n] / condition;
            seen += mass[n];
            assertThat(curve.beyond(n, generated)).isCloseTo(1 - seen / condition, within(1e-9));
            if (mass[n] > 0) {
                assertThat(curve.furtherTokens(seen / condition, generated))
                        .isEqualTo(n - generated);
            }
        }
        assertThat(curve.meanFurtherTokens(generated)).isCloseTo(mean, within(1e-9));
        assertThat(curve.steps()).isEqualTo(ceiling);
    }

    @Seeds
    void compactCurveNeverPromisesAnEarlierEnd(SplittableRandom random) {
        KaplanMeierLengths lengths = KaplanMeierLengths.standard();
        RequestShape shape = RequestShape.of("m", 100, 4_096);
        for (int i = 0; i < 50; i++) {
            lengths.observe(new LengthObservation(shape, 1 + random.nextInt(2_000), false));
        }
        SurvivalCurve full = lengths.curve("r", shape);
        SurvivalCurve compact = full.compact(8);
        assertThat(compact.steps()).isLessThanOrEqualTo(8);
        for (int n = 1; n <= 4_096; n += 7) {
            assertThat(compact.beyond(n)).isBetween(full.beyond(n), full.beyond(n) + .13);
        }
    }
}
