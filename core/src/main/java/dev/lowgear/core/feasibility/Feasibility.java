package dev.lowgear.core.feasibility;

import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.projection.Deadline;
import dev.lowgear.core.projection.Projection;
import dev.lowgear.core.projection.Segment;

import java.util.List;

/**
 * Whether a projection keeps its deadlines when the engine runs at one clock without rest.
 *
 * <p>Every promise is a prefix deadline or an iteration limit (Lowgear algorithms, §4). With {@code
 * n_s} iterations in segment {@code s} and {@code t_s(f)} the time of its mean iteration,
 *
 * <pre>
 *   T_k = factor · Σ_{s ≤ k} n_s · t_s(f)      must be ≤ remaining of each deadline at segment k
 *         factor · t_s(f)                      must be ≤ the iteration limit of segment s
 * </pre>
 *
 * where {@code factor} is guard margin × trim. Taking the mean iteration of a segment is exact for
 * a model that is linear in the KV cache within the segment.
 *
 * <p>Completions are random, so a request contributes a deadline at a few quantiles of its
 * completion, each weighing the probability it stands for. The chance constraint is then
 *
 * <pre>
 *   Σ weight of missed deadlines ≤ missBudget
 * </pre>
 *
 * with {@code missBudget} the expected misses the policy can bear over the projected requests:
 * {@code (1 − attainment) · requests}. A budget of 0, the default, forbids every miss, which is the
 * paper's rule for point predictions (throttLL'eM §3.3).
 *
 * <p><b>Worked example.</b> A request has 4 s left and will generate 100 tokens with probability .7
 * or 400 with probability .3, nobody knows which; an iteration takes 20 ms at 1005 MHz and 10 ms at
 * 1410 MHz. Its deadlines are (segment 0 of 100 iterations, weight .7) and (segment 1 of 300 more,
 * weight .3), both with 4 s remaining.
 *
 * <pre>
 *   1005 MHz: T_0 = 100 · 20 ms = 2 s ≤ 4 s kept;  T_1 = 400 · 20 ms = 8 s > 4 s missed: .3 expected
 *   1410 MHz: T_0 = 1 s kept;                      T_1 = 4 s ≤ 4 s kept:                   0 expected
 * </pre>
 *
 * The mean length, 190 tokens, would take 3.8 s at 1005 MHz and call it feasible, and so would the
 * median. One such request under a 99 % policy has a budget of .01 &lt; .3: it needs 1410 MHz. Only
 * a policy that bears .3 expected misses may stay at 1005 MHz.
 *
 * <p>{@link #expectedMisses} and {@link #slackMicros} allocate nothing; {@link #check} allocates
 * its answer only.
 */
public final class Feasibility {
    /** Weights of quantiles add up with rounding errors, which must not decide. */
    private static final double ROUNDING = 1e-9;

    private Feasibility() {}

    /** The verdict when no miss is borne. */
    public static Verdict check(
            Projection projection, PerformanceModel model, int clockIndex, double factor) {
        return check(projection, model, clockIndex, factor, 0);
    }

    /**
     * The verdict at one clock and pace 0.
     *
     * @param factor multiplies every predicted time: guard margin × trim, positive
     * @param missBudget expected misses that are borne, at least 0; iteration limits have none
     */
    public static Verdict check(
            Projection projection,
            PerformanceModel model,
            int clockIndex,
            double factor,
            double missBudget) {
        long slack = slackMicros(projection, model, clockIndex, factor, missBudget);
        return slack >= 0 ? new Verdict.Met(slack) : worst(projection, model, clockIndex, factor);
    }

    /**
     * What the tightest kept deadline or iteration limit has left; negative if the plan is
     * infeasible, {@link Long#MAX_VALUE} if nothing is due. Allocates nothing.
     */
    public static long slackMicros(
            Projection projection,
            PerformanceModel model,
            int clockIndex,
            double factor,
            double missBudget) {
        requirePositive(factor);
        List<Segment> segments = projection.segments();
        List<Deadline> deadlines = projection.deadlines();
        double elapsed = 0;
        double missed = 0;
        long keptSlack = Long.MAX_VALUE;
        long missedSlack = 0;
        int next = 0;
        for (int s = 0; s < segments.size(); s++) {
            Segment segment = segments.get(s);
            double iteration = iterationMicros(segment, model, clockIndex, factor);
            if (segment.iterationLimitMicros() != Segment.NO_LIMIT) {
                long slack = slack(segment.iterationLimitMicros(), iteration);
                if (slack < 0) {
                    return slack;
                }
                keptSlack = Math.min(keptSlack, slack);
            }
            elapsed += segment.iterations() * iteration;
            for (; next < deadlines.size() && deadlines.get(next).segment() == s; next++) {
                Deadline deadline = deadlines.get(next);
                long slack = slack(deadline.remainingMicros(), elapsed);
                if (slack >= 0) {
                    keptSlack = Math.min(keptSlack, slack);
                } else {
                    missed += deadline.weight();
                    missedSlack = Math.min(missedSlack, slack);
                }
            }
        }
        return missed > missBudget + ROUNDING ? missedSlack : keptSlack;
    }

    /**
     * The expected number of requests that miss a deadline at this clock and pace 0. Taken at the
     * highest clock with factor 1 it is what no gear can prevent: a caller that must not let
     * hopeless tails hold the maximum clock adds it to its budget. Allocates nothing.
     */
    public static double expectedMisses(
            Projection projection, PerformanceModel model, int clockIndex, double factor) {
        requirePositive(factor);
        List<Segment> segments = projection.segments();
        List<Deadline> deadlines = projection.deadlines();
        double elapsed = 0;
        double missed = 0;
        int next = 0;
        for (int s = 0; s < segments.size() && next < deadlines.size(); s++) {
            Segment segment = segments.get(s);
            elapsed += segment.iterations() * iterationMicros(segment, model, clockIndex, factor);
            for (; next < deadlines.size() && deadlines.get(next).segment() == s; next++) {
                if (slack(deadlines.get(next).remainingMicros(), elapsed) < 0) {
                    missed += deadlines.get(next).weight();
                }
            }
        }
        return missed;
    }

    /** Explains an infeasible plan: an iteration limit first, as no budget covers it. */
    private static Verdict worst(
            Projection projection, PerformanceModel model, int clockIndex, double factor) {
        double elapsed = 0;
        long worstSlack = Long.MAX_VALUE;
        Verdict worst = new Verdict.Met(worstSlack);
        Verdict tooLong = worst;
        long worstLimitSlack = 0;
        int next = 0;
        List<Deadline> deadlines = projection.deadlines();
        for (int s = 0; s < projection.segments().size(); s++) {
            Segment segment = projection.segments().get(s);
            double iteration = iterationMicros(segment, model, clockIndex, factor);
            if (segment.iterationLimitMicros() != Segment.NO_LIMIT) {
                long slack = slack(segment.iterationLimitMicros(), iteration);
                if (slack < worstLimitSlack) {
                    worstLimitSlack = slack;
                    tooLong = new Verdict.IterationTooLong(s, -slack);
                }
            }
            elapsed += segment.iterations() * iteration;
            for (; next < deadlines.size() && deadlines.get(next).segment() == s; next++) {
                long slack = slack(deadlines.get(next).remainingMicros(), elapsed);
                if (slack < 0 && slack < worstSlack) {
                    worstSlack = slack;
                    worst = new Verdict.Missed(deadlines.get(next), -slack);
                }
            }
        }
        return tooLong.isMet() ? worst : tooLong;
    }

    private static double iterationMicros(
            Segment segment, PerformanceModel model, int clockIndex, double factor) {
        return factor
                * model.iterationMicros(
                        clockIndex,
                        segment.batch(),
                        segment.meanKvTokens(),
                        segment.prefillTokensPerIteration());
    }

    /** Whole microseconds left, rounded down, so that a deadline missed by a fraction is missed. */
    private static long slack(long remainingMicros, double elapsedMicros) {
        return (long) StrictMath.floor(remainingMicros - elapsedMicros);
    }

    private static void requirePositive(double factor) {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("factor is positive, got " + factor);
        }
    }
}
