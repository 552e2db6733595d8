package dev.lowgear.core.feasibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.performance.FlatWatts;
import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.projection.Deadline;
import dev.lowgear.core.projection.Projection;
import dev.lowgear.core.projection.Segment;
import dev.lowgear.core.slo.Target;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

class FeasibilityTest {
    private static final int SLOW = 0;
    private static final int FAST = 1;

    /** 20 ms at 1005 MHz, 10 ms at 1410 MHz, plus what {@code perKvToken} says. */
    private record LinearModel(double perKvToken) implements FlatWatts {
        private static final ClockLadder CLOCKS = ClockLadder.of(1005, 1410);

        @Override
        public ClockLadder clocks() {
            return CLOCKS;
        }

        @Override
        public double iterationMicros(
                int clockIndex, double batch, double kvTokens, double prefillTokens) {
            return (clockIndex == SLOW ? 20_000 : 10_000) + perKvToken * kvTokens;
        }
    }

    private static final PerformanceModel MODEL = new LinearModel(0);

    private static Segment segment(int iterations) {
        return new Segment(iterations, 1, 100, 1, 0, Segment.NO_LIMIT);
    }

    private static Deadline deadline(int segment, long remainingMicros, double weight) {
        return new Deadline(segment, remainingMicros, weight, Target.E2E, "r" + segment);
    }

    private static final Projection BIMODAL =
            new Projection(
                    List.of(segment(100), segment(300)),
                    List.of(deadline(0, 4_000_000, .7), deadline(1, 4_000_000, .3)));

    @Test
    void bimodalLengthNeedsTheFastClockUnderATightBudget() {
        assertThat(Feasibility.check(BIMODAL, MODEL, FAST, 1, .01)).isEqualTo(new Verdict.Met(0));
        assertThat(Feasibility.check(BIMODAL, MODEL, SLOW, 1, .01))
                .isEqualTo(new Verdict.Missed(BIMODAL.deadlines().get(1), 4_000_000));
        assertThat(Feasibility.expectedMisses(BIMODAL, MODEL, SLOW, 1)).isEqualTo(.3);
        assertThat(Feasibility.expectedMisses(BIMODAL, MODEL, FAST, 1)).isZero();
    }

    @Test
    void bimodalLengthMayStaySlowWhereTheBudgetBearsTheLongOne() {
        assertThat(Feasibility.check(BIMODAL, MODEL, SLOW, 1, .3))
                .isEqualTo(new Verdict.Met(2_000_000));
    }

    @Test
    void nothingRunningIsAlwaysFeasible() {
        assertThat(Feasibility.check(Projection.IDLE, MODEL, SLOW, 2.5))
                .isEqualTo(new Verdict.Met(Long.MAX_VALUE));
    }

    @Test
    void marginAndTrimStretchPredictedTimes() {
        var projection = new Projection(List.of(segment(10)), List.of(deadline(0, 400_000, 1)));
        assertThat(Feasibility.check(projection, MODEL, SLOW, 2)).isEqualTo(new Verdict.Met(0));
        assertThat(Feasibility.check(projection, MODEL, SLOW, 2.5))
                .isEqualTo(new Verdict.Missed(projection.deadlines().getFirst(), 100_000));
    }

    @Test
    void deadlineAlreadyPastIsMissedAtAnyClock() {
        var projection = new Projection(List.of(segment(1)), List.of(deadline(0, -5, 1)));
        assertThat(Feasibility.check(projection, MODEL, FAST, 1))
                .isEqualTo(new Verdict.Missed(projection.deadlines().getFirst(), 10_005));
    }

    @Test
    void iterationLimitHoldsInItsOwnSegmentOnlyAndNoBudgetCoversIt() {
        var limited = new Segment(5, 1, 100, 1, 0, 15_000);
        var projection = new Projection(List.of(segment(5), limited), List.of());
        assertThat(Feasibility.check(projection, MODEL, SLOW, 1, 10))
                .isEqualTo(new Verdict.IterationTooLong(1, 5_000));
        assertThat(Feasibility.check(projection, MODEL, FAST, 1)).isEqualTo(new Verdict.Met(5_000));
    }

    @Test
    void growthOfTheCacheWithinASegmentCountsAsItsMean() {
        var growing = new Segment(100, 4, 1_000, 4, 0, Segment.NO_LIMIT);
        var projection = new Projection(List.of(growing), List.of(deadline(0, 10_000_000, 1)));
        long iterated = 10_000_000;
        for (int j = 0; j < 100; j++) {
            iterated -= 20_000 + (1_000 + 4 * j);
        }
        assertThat(Feasibility.check(projection, new LinearModel(1), SLOW, 1))
                .isEqualTo(new Verdict.Met(iterated));
    }

    @Test
    void missesAddUpPerRequestAndNameTheLost() {
        var projection =
                new Projection(
                        List.of(segment(100), segment(300)),
                        List.of(
                                new Deadline(0, 1_500_000, .4, Target.E2E, "a"),
                                new Deadline(0, 3_000_000, 1, Target.E2E, "b"),
                                new Deadline(1, 1_500_000, .3, Target.E2E, "a"),
                                new Deadline(1, 5_000_000, .3, Target.E2E, "c")));
        Misses slow = Misses.of(projection, MODEL, SLOW, 1);
        assertThat(slow.of("a")).isCloseTo(.7, within(1e-12));
        assertThat(slow.of("b")).isZero();
        assertThat(slow.lost()).containsExactly("a");
        assertThat(slow.expectedWithout("a")).isCloseTo(.3, within(1e-12));
        assertThat(Misses.of(projection, MODEL, FAST, 1).probabilities().keySet())
                .containsExactly("a");
        assertThat(slow.iterationTooLong()).isFalse();
    }

    @Test
    void refusesAFactorThatIsNotPositive() {
        assertThatThrownBy(() -> Feasibility.check(BIMODAL, MODEL, SLOW, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("factor is positive, got 0.0");
    }

    /** Against the definition, written as sums over single iterations. */
    @Test
    void agreesWithTheSumOverIterationsOnRandomProjections() {
        for (long seed = 0; seed < 300; seed++) {
            var random = new SplittableRandom(seed);
            Projection projection = randomProjection(random);
            double factor = .8 + random.nextDouble();
            double budget = random.nextInt(3) * .5;
            int clock = random.nextInt(2);
            var model = new LinearModel(2);

            double elapsed = 0;
            double missed = 0;
            boolean tooLong = false;
            for (int s = 0; s < projection.segments().size(); s++) {
                Segment segment = projection.segments().get(s);
                double ofSegment = 0;
                for (int j = 0; j < segment.iterations(); j++) {
                    double kv = segment.kvTokens() + j * segment.kvTokensPerIteration();
                    ofSegment += factor * model.iterationMicros(clock, segment.batch(), kv, 0);
                }
                tooLong |= ofSegment / segment.iterations() > segment.iterationLimitMicros();
                elapsed += ofSegment;
                for (Deadline deadline : projection.deadlines()) {
                    if (deadline.segment() == s && elapsed > deadline.remainingMicros()) {
                        missed += deadline.weight();
                    }
                }
            }
            assertThat(Feasibility.expectedMisses(projection, model, clock, factor))
                    .as("seed %d", seed)
                    .isCloseTo(missed, within(1e-9));
            assertThat(Feasibility.check(projection, model, clock, factor, budget).isMet())
                    .as("seed %d", seed)
                    .isEqualTo(!tooLong && missed <= budget);
        }
    }

    private static Projection randomProjection(SplittableRandom random) {
        var segments = new ArrayList<Segment>();
        var deadlines = new ArrayList<Deadline>();
        int count = 1 + random.nextInt(8);
        for (int s = 0; s < count; s++) {
            long limit = random.nextInt(4) == 0 ? 15_001 + random.nextInt(40_000) : Long.MAX_VALUE;
            segments.add(
                    new Segment(
                            1 + random.nextInt(20),
                            1 + random.nextInt(32),
                            random.nextInt(5_000),
                            random.nextInt(33),
                            0,
                            limit));
            for (int d = random.nextInt(3); d > 0; d--) {
                deadlines.add(
                        deadline(s, random.nextInt(6_000_000), random.nextBoolean() ? .5 : 1));
            }
        }
        return new Projection(segments, deadlines);
    }
}
