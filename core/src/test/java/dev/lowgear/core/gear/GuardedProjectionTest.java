package dev.lowgear.core.gear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.Seeds;
import dev.lowgear.core.feasibility.Feasibility;
import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.projection.Deadline;
import dev.lowgear.core.projection.Projection;
import dev.lowgear.core.projection.Segment;
import dev.lowgear.core.slo.ClockBounds;
import dev.lowgear.core.slo.Margins;
import dev.lowgear.core.slo.Target;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.SplittableRandom;

class GuardedProjectionTest {
    /** 20 ms at the higher of two clocks, twice that at the lower. */
    private record TwoClocks(ClockLadder clocks) implements PerformanceModel {
        TwoClocks() {
            this(ClockLadder.of(705, 1410));
        }

        @Override
        public double iterationMicros(
                int clockIndex, double batch, double kvTokens, double prefillTokens) {
            return 20_000 / clocks.relative(clockIndex);
        }

        @Override
        public double busyWatts(
                int clockIndex, double batch, double kvTokens, double prefillTokens) {
            return 300;
        }

        @Override
        public double restWatts(int clockIndex) {
            return 80;
        }

        @Override
        public double idleWatts() {
            return 60;
        }

        @Override
        public double staticWatts() {
            return 100;
        }
    }

    private static GuardedProjection guarded(
            long remainingMicros, long limitMicros, double margin, double trim) {
        var projection =
                new Projection(
                        List.of(new Segment(400, 8, 4_000, 8, 0, limitMicros)),
                        List.of(new Deadline(0, remainingMicros, 1, Target.E2E, "r1")));
        var model = new TwoClocks();
        return GuardedProjection.of(
                new Situation(
                        projection,
                        model,
                        ClockRange.of(model.clocks(), ClockBounds.ANY),
                        new Margins(1, margin),
                        trim,
                        0));
    }

    private static long deadline(GuardedProjection guarded) {
        return guarded.projection().deadlines().getFirst().remainingMicros();
    }

    @Test
    void matchesTheWorkedExample() {
        assertThat(deadline(guarded(16_000_000, Segment.NO_LIMIT, 2.5, 1)))
                .isCloseTo(8_876_000, within(1_000L));
        assertThat(deadline(guarded(32_000_000, Segment.NO_LIMIT, 2.5, 1))).isEqualTo(12_800_000);
        GuardedProjection late = guarded(7_000_000, Segment.NO_LIMIT, 2.5, 1);
        assertThat(late.projection().deadlines()).isEmpty();
        assertThat(late.hopeless()).isEqualTo(1);
    }

    @Test
    void marginOfOneKeepsNoReserve() {
        assertThat(deadline(guarded(16_000_000, Segment.NO_LIMIT, 1, 1))).isEqualTo(16_000_000);
    }

    @Test
    void trimCountsAgainstTheSlack() {
        assertThat(guarded(9_000_000, Segment.NO_LIMIT, 2.5, 1.2).hopeless()).isEqualTo(1);
    }

    @Test
    void iterationLimitsAreGuardedAlike() {
        assertThat(limit(guarded(99_000_000, 80_000, 2.5, 1))).isEqualTo(32_000);
        assertThat(limit(guarded(99_000_000, 40_000, 2.5, 1))).isBetween(22_100L, 22_300L);
        assertThat(limit(guarded(99_000_000, 19_000, 2.5, 1))).isEqualTo(Segment.NO_LIMIT);
    }

    private static long limit(GuardedProjection guarded) {
        return guarded.projection().segments().getFirst().iterationLimitMicros();
    }

    @Seeds(count = 200)
    void highestClockKeepsWhateverIsLeft(SplittableRandom random) {
        double trim = random.nextDouble(0.8, 1.5);
        GuardedProjection guarded =
                guarded(
                        random.nextLong(1, 60_000_000),
                        random.nextLong(10_000, 200_000),
                        random.nextDouble(1, 10),
                        trim);
        assertThat(Feasibility.check(guarded.projection(), new TwoClocks(), 1, trim).isMet())
                .isTrue();
        assertThat(guarded.projection().deadlines().size() + guarded.hopeless()).isEqualTo(1);
    }
}
