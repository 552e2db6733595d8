package dev.lowgear.core.projection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Leaves out deadlines that cannot decide anything.
 *
 * <p>If a deadline at segment {@code k} with {@code R} remaining is missed, {@code T_k > R}, then
 * so is every deadline at a later or the same segment with no more remaining, as {@code T} grows.
 * So where those together weigh at least {@code decisive}, the plan has spent every budget below
 * {@code decisive} already, whatever becomes of this one: leaving it out changes no verdict. For
 * point predictions (weight 1) what is left is the Pareto frontier of "late and tight".
 */
final class BindingDeadlines {
    private static final Comparator<Deadline> LATEST_TIGHTEST =
            Comparator.comparingInt(Deadline::segment)
                    .reversed()
                    .thenComparingLong(Deadline::remainingMicros)
                    .thenComparing(Deadline::requestId);
    private static final Comparator<Deadline> IN_ORDER =
            Comparator.comparingInt(Deadline::segment)
                    .thenComparingLong(Deadline::remainingMicros)
                    .thenComparing(Deadline::requestId);

    /** Budgets of expected misses below this are decided as by all deadlines. */
    private static final double DECISIVE_WEIGHT = 4;

    private BindingDeadlines() {}

    /** Those that bind, in order of segment. */
    static List<Deadline> of(List<Deadline> deadlines) {
        return of(deadlines, DECISIVE_WEIGHT);
    }

    /** All of them, in order of segment. */
    static List<Deadline> inOrder(List<Deadline> deadlines) {
        List<Deadline> ordered = new ArrayList<>(deadlines);
        ordered.sort(IN_ORDER);
        return ordered;
    }

    /** Those that bind under a budget below {@code decisive}, in order of segment. */
    static List<Deadline> of(List<Deadline> deadlines, double decisive) {
        List<Deadline> latestFirst = new ArrayList<>(deadlines);
        latestFirst.sort(LATEST_TIGHTEST);
        List<Deadline> tightestFirst = new ArrayList<>();
        for (Deadline deadline : latestFirst) {
            double implied = 0;
            int place = 0;
            while (implied < decisive
                    && place < tightestFirst.size()
                    && tightestFirst.get(place).remainingMicros() <= deadline.remainingMicros()) {
                implied += tightestFirst.get(place).weight();
                place++;
            }
            if (implied < decisive) {
                tightestFirst.add(place, deadline);
            }
        }
        return inOrder(tightestFirst);
    }
}
