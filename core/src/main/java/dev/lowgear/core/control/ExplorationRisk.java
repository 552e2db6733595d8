package dev.lowgear.core.control;

import dev.lowgear.core.gear.BindingConstraint;
import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.projection.Deadline;
import dev.lowgear.core.projection.Projection;
import dev.lowgear.core.projection.Segment;

import java.util.Optional;

/**
 * Whether trying a clock for the rest of one step could cost a request its target. The model is not
 * trusted, so every time it predicts is doubled; and it is not trusted to know what a lower clock
 * costs, so the worst is assumed: time in proportion to 1/clock. A step's remaining time {@code r}
 * at the relative clock {@code x} then does the work of {@code x·r} at the highest clock, and what
 * follows is late by
 *
 * <pre>
 *   loss = r · (1 − x)          at most a second for a step of 2 s
 * </pre>
 *
 * A deadline {@code R} at segment {@code k} is endangered if the highest clock keeps it, {@code
 * 2·T_k ≤ R}, but not after the loss, {@code 2·T_k > R − loss}. An iteration limit is endangered if
 * the highest clock keeps it and this one does not. Deadlines that even the highest clock misses,
 * taken at twice the predicted time, are not decided by a step: most of them are long tails of
 * lengths that are themselves still being learned.
 *
 * @param factor on predicted times: doubt × trim
 * @param lossMicros what follows the step is late by so much
 */
record ExplorationRisk(
        Projection projection,
        PerformanceModel model,
        int highest,
        int rung,
        double factor,
        double lossMicros) {
    /** What trying the clock endangers; empty if nothing. */
    Optional<BindingConstraint> endangered() {
        double elapsed = 0;
        int next = 0;
        for (int s = 0; s < projection.segments().size(); s++) {
            Segment segment = projection.segments().get(s);
            double fastest = micros(highest, segment);
            double tried = micros(rung, segment);
            if (fastest <= segment.iterationLimitMicros()
                    && tried > segment.iterationLimitMicros()) {
                long by = (long) StrictMath.ceil(tried - segment.iterationLimitMicros());
                return Optional.of(
                        new BindingConstraint.IterationTooLong(s, model.clocks().mhz(rung), by));
            }
            elapsed += segment.iterations() * fastest;
            for (; next < projection.deadlines().size(); next++) {
                Deadline deadline = projection.deadlines().get(next);
                if (deadline.segment() != s) {
                    break;
                }
                boolean kept = elapsed <= deadline.remainingMicros();
                double late = elapsed + lossMicros - deadline.remainingMicros();
                if (kept && late > 0) {
                    return Optional.of(
                            new BindingConstraint.DeadlineMissed(
                                    deadline,
                                    model.clocks().mhz(rung),
                                    (long) StrictMath.ceil(late)));
                }
            }
        }
        return Optional.empty();
    }

    private double micros(int clock, Segment segment) {
        return factor
                * model.iterationMicros(
                        clock,
                        segment.batch(),
                        segment.meanKvTokens(),
                        segment.prefillTokensPerIteration());
    }
}
