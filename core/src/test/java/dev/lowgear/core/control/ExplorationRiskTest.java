package dev.lowgear.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.gear.BindingConstraint;
import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.performance.Tables;
import dev.lowgear.core.projection.Deadline;
import dev.lowgear.core.projection.Projection;
import dev.lowgear.core.projection.Segment;
import dev.lowgear.core.slo.Target;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class ExplorationRiskTest {
    private static final PerformanceModel MODEL = new Tables.Multilinear(Tables.LADDER);
    private static final int HIGHEST = Tables.LADDER.highestIndex();

    /** 100 iterations at the highest clock, doubled, in microseconds. */
    private static final double NEEDED = 100 * 2 * MODEL.iterationMicros(HIGHEST, 8, 4_000, 0);

    private static Optional<BindingConstraint> endangered(
            long remainingMicros, long limitMicros, double lossMicros) {
        var projection =
                new Projection(
                        List.of(new Segment(100, 8, 4_000, 0, 0, limitMicros)),
                        List.of(new Deadline(0, remainingMicros, 1, Target.E2E, "r1")));
        return new ExplorationRisk(projection, MODEL, HIGHEST, 0, 2, lossMicros).endangered();
    }

    @Test
    void stepEndangersWhatTheHighestClockKeepsAndTheLossTakes() {
        assertThat(endangered((long) NEEDED + 600_000, Segment.NO_LIMIT, 500_000)).isEmpty();
        assertThat(endangered((long) NEEDED + 400_000, Segment.NO_LIMIT, 500_000))
                .hasValueSatisfying(binding ->
                        assertThat(binding).isInstanceOf(BindingConstraint.DeadlineMissed.class));
    }

    @Test
    void whatEvenTheHighestClockMissesIsNotDecidedByAStep() {
        assertThat(endangered((long) NEEDED - 1_000, Segment.NO_LIMIT, 500_000)).isEmpty();
    }

    @Test
    void highestClockItselfEndangersNothing() {
        assertThat(endangered((long) NEEDED + 1_000, Segment.NO_LIMIT, 0)).isEmpty();
    }

    @Test
    void iterationLimitMustHoldAtTheTriedClock() {
        double fastest = 2 * MODEL.iterationMicros(HIGHEST, 8, 4_000, 0);
        double tried = 2 * MODEL.iterationMicros(0, 8, 4_000, 0);
        assertThat(endangered(60_000_000, (long) tried + 1, 0)).isEmpty();
        assertThat(endangered(60_000_000, (long) fastest + 1, 0))
                .hasValueSatisfying(binding ->
                        assertThat(binding).isInstanceOf(BindingConstraint.IterationTooLong.class));
        assertThat(endangered(60_000_000, (long) fastest - 1, 0)).isEmpty();
    }
}
