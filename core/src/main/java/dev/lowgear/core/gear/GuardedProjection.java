package dev.lowgear.core.gear;

import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.projection.Deadline;
import dev.lowgear.core.projection.Projection;
import dev.lowgear.core.projection.Segment;

import java.util.ArrayList;
import java.util.List;

/**
 * A projection whose deadlines keep a reserve for arrivals that nobody can foresee.
 *
 * <p>With {@code T_k} the time to the end of segment {@code k} at the highest allowed clock, a
 * deadline {@code R} there has the slack {@code s = R / T_k}, the factor by which the plan could be
 * slower and still keep it. The guard divides it by
 *
 * <pre>
 *   g = min(margin, s^0.85)        R' = R / g
 * </pre>
 *
 * so a plan that keeps {@code R'} has slowed down by at most {@code s / g}: where there is plenty
 * ({@code s} beyond 2.94 for a margin of 2.5) the whole margin is kept, and where there is less, the
 * plan may still slow down by {@code s^0.15}. A constant margin would ask for
 * more than the highest clock can give as soon as {@code s < margin} and hold that clock, however
 * long the request still lives. Iteration limits are guarded in the same way.
 *
 * <p>What has no slack ({@code s < 1}) is late at any clock. It is left out: one request whose
 * length has a long tail must not hold the highest clock for everybody, and no clock saves it.
 *
 * <p><b>Worked example</b>, margin 2.5. 400 iterations of 20 ms at the highest clock are due in 16
 * s: {@code s = 2}, {@code g = 2^0.85 = 1.80}, {@code R' = 8.88 s}: the clock may be lowered until an
 * iteration takes 22.2 ms. Due in 32 s, {@code s = 4}, {@code g = 2.5}, {@code R' = 12.8 s}: 32 ms.
 * Due in 7 s it is left out.
 *
 * <p>The exponent was chosen in closed loop over six simulated engines (see {@code
 * ClosedLoopTest}): 0.8, 0.85, 0.9 saved 39, 37, 33 % at 99.51, 99.62, 99.76 % attainment at two
 * thirds of saturation, where the highest clock has 99.98 %.
 *
 * @param projection the same segments, with guarded limits and deadlines
 * @param hopeless expected number of requests that are late at any clock, left out
 */
record GuardedProjection(Projection projection, double hopeless) {
    private static final double KEPT = 0.85;

    static GuardedProjection of(Situation situation) {
        Projection plain = situation.projection();
        double margin = situation.margins().throttllem();
        List<Segment> segments = new ArrayList<>(plain.segments().size());
        List<Deadline> deadlines = new ArrayList<>(plain.deadlines().size());
        double elapsed = 0;
        double hopeless = 0;
        int next = 0;
        for (int s = 0; s < plain.segments().size(); s++) {
            Segment segment = plain.segments().get(s);
            double iteration = fastestMicros(situation, segment);
            elapsed += segment.iterations() * iteration;
            segments.add(guarded(segment, iteration, margin));
            for (; next < plain.deadlines().size(); next++) {
                Deadline deadline = plain.deadlines().get(next);
                if (deadline.segment() != s) {
                    break;
                }
                if (deadline.remainingMicros() >= elapsed) {
                    deadlines.add(guarded(deadline, elapsed, margin));
                } else {
                    hopeless += deadline.weight();
                }
            }
        }
        return new GuardedProjection(new Projection(segments, deadlines), hopeless);
    }

    private static double fastestMicros(Situation situation, Segment segment) {
        PerformanceModel model = situation.model();
        return situation.trim()
                * model.iterationMicros(
                        situation.clocks().highest(),
                        segment.batch(),
                        segment.meanKvTokens(),
                        segment.prefillTokensPerIteration());
    }

    private static Deadline guarded(Deadline deadline, double fastestMicros, double margin) {
        return new Deadline(
                deadline.segment(),
                guarded(deadline.remainingMicros(), fastestMicros, margin),
                deadline.weight(),
                deadline.target(),
                deadline.requestId());
    }

    private static Segment guarded(Segment segment, double fastestMicros, double margin) {
        long limit = segment.iterationLimitMicros();
        if (limit == Segment.NO_LIMIT) {
            return segment;
        }
        return new Segment(
                segment.iterations(),
                segment.batch(),
                segment.kvTokens(),
                segment.kvTokensPerIteration(),
                segment.prefillTokensPerIteration(),
                limit < fastestMicros
                        ? Segment.NO_LIMIT
                        : Math.max(1, guarded(limit, fastestMicros, margin)));
    }

    /** Never below what the highest clock needs, rounded as feasibility rounds. */
    private static long guarded(long remainingMicros, double fastestMicros, double margin) {
        double slack = remainingMicros / fastestMicros;
        double guard = Math.min(margin, StrictMath.pow(slack, KEPT));
        return (long) StrictMath.ceil(remainingMicros / guard);
    }
}
