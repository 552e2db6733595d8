package dev.lowgear.core.gear;

import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.projection.Deadline;
import dev.lowgear.core.projection.Projection;
import dev.lowgear.core.projection.Segment;

import java.util.List;

/**
 * The price of time that deadlines set: the λ-plan over a projection (Lowgear algorithms, §5b).
 *
 * <pre>
 *   minimise    Σ_s n_s · t_s(f_s) · (p_s(f_s) − C)
 *   subject to  Σ_{s ≤ k} n_s · t_s(f_s) · margin · trim ≤ R_k          for every deadline k
 * </pre>
 *
 * <p>For a price λ each segment takes, by itself, the clock that minimises {@code t · (p − C + λ)}:
 * a vertex of the lower convex hull of its points (time, energy). The answer is the smallest λ at
 * which every deadline holds when every segment pays that same λ.
 *
 * <p><b>Why that is the price of the first segment.</b> Let segments be split between neighbouring
 * hull points; then the problem is convex, and the Karush–Kuhn–Tucker conditions give each deadline
 * a multiplier μ_k ≥ 0 and each segment the price {@code λ_s = Σ_{k ≥ s} μ_k}: prices never rise
 * along the horizon, and they fall only at a deadline that is just met. Let j be the first such
 * place; up to it all segments pay λ_1, so λ_1 is the smallest price at which prefix j alone holds.
 * No prefix k needs a larger one when all pay alike: those before j hold at λ_1 and are not tight,
 * and a later one holds even with its segments beyond j at lower prices. So λ_1 is the largest of
 * the prefixes' smallest prices, which is the smallest price at which all prefixes hold.
 *
 * <p><b>What one clock per segment costs.</b> Without splitting, prices between two hull vertices
 * give the same plan, and the first segment may end up one vertex above the one an exhaustive
 * search takes. Its energy then exceeds the optimum of the relaxation by at most the energy of that
 * one edge in each segment that would have been split, and at most one segment per tight deadline
 * is.
 *
 * <p>Deadlines that the highest clock misses even without margin are left out: no clock saves them,
 * and they must not burn everyone's energy. If the margin is more than the highest clock can give,
 * the price is that of the highest clock.
 *
 * <p><b>Worked example.</b> 100 iterations take 10 ms and 4 J each at the high clock and 16 ms and
 * 3.4 J at the low one: the edge costs .6 J / 6 ms = 100 W. Due in 2 s with margin 1.3 the low one
 * does (2.08 s is too long; 1.3 s at the high one), so the price is 100 W; due in 2.1 s it is 0.
 */
public final class DeadlinePlan {
    private static final int PASSES = 48;
    private static final double RESOLUTION = 1e-3;

    private final int[] hullStart;
    private final double[] hullMicros;
    private final double[] hullWatts;
    private final int[] dueSegment;
    private final double[] dueMicros;
    private int segments;
    private int dues;

    private DeadlinePlan(int segments, int clocks, int dues) {
        hullStart = new int[segments + 1];
        hullMicros = new double[segments * clocks];
        hullWatts = new double[segments * clocks];
        dueSegment = new int[dues];
        dueMicros = new double[dues];
    }

    /**
     * The plan for one projection.
     *
     * @param creditWatts {@code C}: watts not charged to iterations
     * @param margin factor on predicted times, at least 1
     * @param trim measured over predicted iteration time
     */
    public static DeadlinePlan of(
            Projection projection,
            PerformanceModel model,
            ClockRange clocks,
            double creditWatts,
            double margin,
            double trim) {
        List<Segment> all = projection.segments();
        List<Deadline> deadlines = projection.deadlines();
        int needed = deadlines.isEmpty() ? 0 : deadlines.getLast().segment() + 1;
        var plan = new DeadlinePlan(needed, model.clocks().size(), deadlines.size());
        double[] micros = new double[model.clocks().size()];
        double[] watts = new double[model.clocks().size()];
        double[] fastest = new double[needed];
        double elapsed = 0;
        for (int s = 0; s < needed; s++) {
            Segment segment = all.get(s);
            model.iterationMicros(
                    segment.batch(),
                    segment.meanKvTokens(),
                    segment.prefillTokensPerIteration(),
                    micros);
            model.busyWatts(
                    segment.batch(),
                    segment.meanKvTokens(),
                    segment.prefillTokensPerIteration(),
                    watts);
            elapsed += segment.iterations() * trim * micros[clocks.highest()];
            fastest[s] = elapsed;
            plan.add(segment, clocks, micros, watts, creditWatts, trim);
        }
        for (Deadline deadline : deadlines) {
            double least = fastest[deadline.segment()];
            if (least <= deadline.remainingMicros()) {
                plan.dueSegment[plan.dues] = deadline.segment();
                plan.dueMicros[plan.dues] = Math.max(least, deadline.remainingMicros() / margin);
                plan.dues++;
            }
        }
        return plan;
    }

    /**
     * Appends a segment's hull, from its cheapest vertex to its fastest: time falls from vertex to
     * vertex, and the watts that each second gained costs rise. Its floor keeps the iteration limit
     * as far as the highest clock does.
     */
    private void add(
            Segment segment,
            ClockRange clocks,
            double[] micros,
            double[] watts,
            double creditWatts,
            double trim) {
        int floor = clocks.lowest();
        while (floor < clocks.highest() && micros[floor] * trim > segment.iterationLimitMicros()) {
            floor++;
        }
        int start = hullStart[segments];
        int end = start;
        for (int clock = floor; clock <= clocks.highest(); clock++) {
            double time = segment.iterations() * trim * micros[clock];
            double energy = time * Math.max(1, watts[clock] - creditWatts);
            // A vertex that is no cheaper than the newcomer, or above the line to it, goes.
            while (end > start && isBelow(start, end, time, energy)) {
                end--;
            }
            if (end == start || time < hullMicros[end - 1]) {
                hullMicros[end] = time;
                // energy for now; turned into the price of the edge below
                hullWatts[end] = energy;
                end++;
            }
        }
        toPrices(start, end);
        segments++;
        hullStart[segments] = end;
    }

    private boolean isBelow(int start, int end, double time, double energy) {
        double lastTime = hullMicros[end - 1];
        double lastEnergy = hullWatts[end - 1];
        if (energy <= lastEnergy) {
            return true;
        }
        if (end - start < 2) {
            return false;
        }
        double beforeTime = hullMicros[end - 2];
        double beforeEnergy = hullWatts[end - 2];
        return (energy - lastEnergy) * (beforeTime - lastTime)
                <= (lastEnergy - beforeEnergy) * (lastTime - time);
    }

    /** Replaces each vertex' energy by the price from which on it is taken. */
    private void toPrices(int start, int end) {
        double energy = hullWatts[start];
        hullWatts[start] = 0;
        for (int i = start + 1; i < end; i++) {
            double next = hullWatts[i];
            hullWatts[i] = (next - energy) / (hullMicros[i - 1] - hullMicros[i]);
            energy = next;
        }
    }

    /**
     * The smallest price in watts at which every deadline holds, to a thousandth; 0 where they hold
     * at the clocks that cost least, and the price of the highest clock where they do not even hold
     * there. Allocates nothing.
     */
    public double priceWatts() {
        if (dues == 0 || holds(0)) {
            return 0;
        }
        double high = 0;
        for (int s = 0; s < segments; s++) {
            high = Math.max(high, hullWatts[hullStart[s + 1] - 1]);
        }
        high *= 1 + RESOLUTION; // past every tie: whoever pays it takes the highest clock
        double low = 0;
        for (int pass = 0; pass < PASSES && high - low > RESOLUTION * high; pass++) {
            double middle = (low + high) / 2;
            if (holds(middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    /** Whether every deadline holds when every segment pays this price. */
    boolean holds(double priceWatts) {
        double elapsed = 0;
        int due = 0;
        for (int s = 0; s < segments; s++) {
            elapsed += hullMicros[vertex(s, priceWatts)];
            while (due < dues && dueSegment[due] == s) {
                if (elapsed > dueMicros[due] * (1 + 1e-12)) {
                    return false;
                }
                due++;
            }
        }
        return true;
    }

    /** The last vertex of a segment whose edge the price pays for. */
    private int vertex(int segment, double priceWatts) {
        int low = hullStart[segment];
        int high = hullStart[segment + 1] - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (hullWatts[middle] <= priceWatts) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
