package dev.lowgear.core.feasibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.performance.Tables;
import dev.lowgear.core.projection.Deadline;
import dev.lowgear.core.projection.Projection;
import dev.lowgear.core.projection.Segment;
import dev.lowgear.core.slo.Target;

import org.junit.jupiter.api.Test;

import java.util.List;

class AffordableMarginTest {
    private static final ClockLadder A100 = ClockLadder.stepped(210, 1410, 15);
    private static final PerformanceModel MODEL = new Tables.Multilinear(A100);
    private static final int HIGHEST = A100.highestIndex();

    @Test
    void keepsTheWholeMarginWhereTheHighestClockCan() {
        double fastest = elapsedMicros(HIGHEST);
        AffordableMargin margin = margin(due((long) (3 * fastest)), 2.5);
        int lowest = lowestKept(margin);
        assertThat(2.5 * elapsedMicros(lowest)).isLessThanOrEqualTo(3 * fastest + 1);
        assertThat(2.5 * elapsedMicros(lowest - 1)).isGreaterThan(3 * fastest);
    }

    @Test
    void keepsTheNextSmallerReserveWhereTheMarginIsTooMuchForTheHighestClock() {
        double fastest = elapsedMicros(HIGHEST);
        AffordableMargin margin = margin(due((long) (2 * fastest)), 2.5);
        int lowest = lowestKept(margin);
        double reserve = Math.sqrt(2.5);
        assertThat(lowest).isLessThan(HIGHEST);
        assertThat(reserve * elapsedMicros(lowest)).isLessThanOrEqualTo(2 * fastest + 1);
        assertThat(reserve * elapsedMicros(lowest - 1)).isGreaterThan(2 * fastest);
    }

    @Test
    void isKeptNowhereWhenNotEvenTheHighestClockIsInTime() {
        AffordableMargin margin = margin(due((long) (0.9 * elapsedMicros(HIGHEST))), 2.5);
        assertThat(margin.isKeptAt(HIGHEST)).isFalse();
        assertThat(margin.check(HIGHEST)).isInstanceOf(Verdict.Missed.class);
    }

    @Test
    void isThePapersRuleWithAMarginOfOne() {
        Projection projection = due((long) (1.2 * elapsedMicros(HIGHEST)));
        AffordableMargin margin = margin(projection, 1);
        for (int clock = 0; clock < A100.size(); clock++) {
            assertThat(margin.isKeptAt(clock))
                    .isEqualTo(Feasibility.check(projection, MODEL, clock, 1).isMet());
        }
    }

    @Test
    void refusesAMarginBelowOne() {
        assertThatThrownBy(() -> margin(due(1_000_000), 0.9))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static AffordableMargin margin(Projection projection, double margin) {
        return AffordableMargin.of(projection, MODEL, HIGHEST, margin, 1);
    }

    private static int lowestKept(AffordableMargin margin) {
        int clock = 0;
        while (!margin.isKeptAt(clock)) {
            clock++;
        }
        return clock;
    }

    private static Projection due(long micros) {
        return new Projection(
                List.of(new Segment(100, 8, 4_000, 8, 0, Segment.NO_LIMIT)),
                List.of(new Deadline(0, micros, 1, Target.E2E, "r1")));
    }

    private static double elapsedMicros(int clock) {
        Segment segment = due(1).segments().getFirst();
        return 100 * MODEL.iterationMicros(clock, segment.batch(), segment.meanKvTokens(), 0);
    }
}
