package dev.lowgear.core.feasibility;

import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.projection.Projection;

/**
 * A margin on predicted times that every deadline keeps as far as it can.
 *
 * <p>A margin of 2.5 is a reserve for arrivals, and a request that may still become long often
 * cannot have it: 424 tokens of 30 ms fill 13 of its 22 seconds even at the highest clock. Taken at
 * its word the margin would then hold the highest clock for hours, for a promise that half the
 * reserve keeps just as well. So each deadline is held to the largest of
 *
 * <pre>
 *   m,  √m,  ⁴√m,  1          times trim
 * </pre>
 *
 * at which the highest clock keeps it: for each of these factors, the deadlines missed at the
 * chosen clock must weigh no more than those missed at the highest. At factor 1 nothing is borne:
 * what not even the highest clock keeps, without any reserve, calls for the highest clock.
 * Iteration limits have no part in this; they are kept with the whole margin.
 *
 * <p>With m = 1 this is {@link Feasibility} and the paper's rule. That the answer is monotone in
 * the clock follows from every factor's being so.
 *
 * <p><b>Worked example.</b> 400 iterations are due in 8 s; one takes 10 ms at the highest clock, so
 * m = 2.5 would need 10 s there. √2.5 = 1.58 needs 6.3 s and is affordable: the chosen clock may
 * take up to 8 s / 400 / 1.58 = 12.6 ms an iteration.
 */
public final class AffordableMargin {
    private static final int STEPS = 3;

    private final Projection projection;
    private final PerformanceModel model;
    private final double[] factors;
    private final double[] borne;

    private AffordableMargin(
            Projection projection, PerformanceModel model, double[] factors, double[] borne) {
        this.projection = projection;
        this.model = model;
        this.factors = factors;
        this.borne = borne;
    }

    /**
     * The margin for one projection.
     *
     * @param highestClock index of the highest clock that may be chosen
     * @param margin {@code m}, at least 1
     * @param trim measured over predicted iteration time, positive
     */
    public static AffordableMargin of(
            Projection projection,
            PerformanceModel model,
            int highestClock,
            double margin,
            double trim) {
        if (!(margin >= 1)) {
            throw new IllegalArgumentException("a margin is at least 1, got " + margin);
        }
        double[] factors = new double[STEPS + 1];
        double[] borne = new double[STEPS + 1];
        double step = margin;
        for (int i = 0; i < STEPS; i++) {
            factors[i] = step * trim;
            borne[i] = Feasibility.expectedMisses(projection, model, highestClock, factors[i]);
            step = Math.sqrt(step);
        }
        factors[STEPS] = trim;
        return new AffordableMargin(projection, model, factors, borne);
    }

    /** Whether every deadline keeps at this clock the reserve it can have. Allocates nothing. */
    public boolean isKeptAt(int clockIndex) {
        for (int i = 0; i < factors.length; i++) {
            if (Feasibility.slackMicros(projection, model, clockIndex, factors[i], borne[i]) < 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * The verdict at this clock: the first reserve that is not kept, or what the last one leaves.
     */
    public Verdict check(int clockIndex) {
        Verdict verdict =
                Feasibility.check(projection, model, clockIndex, factors[STEPS], borne[STEPS]);
        for (int i = STEPS - 1; i >= 0 && verdict.isMet(); i--) {
            verdict = Feasibility.check(projection, model, clockIndex, factors[i], borne[i]);
        }
        return verdict;
    }
}
