package dev.lowgear.core.projection;

import java.util.ArrayList;
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
    /** Budgets of expected misses below this are decided as by all deadlines. */
    private static final double DECISIVE_WEIGHT = 4;

    private BindingDeadlines() {}

    /** Those that bind, in order. */
    static List<Deadline> of(List<Deadline> inOrder) {
        return of(inOrder, DECISIVE_WEIGHT);
    }

    /** All of them in order: by segment, then remaining time, then request. */
    static List<Deadline> inOrder(List<Deadline> deadlines) {
        List<Deadline> ordered = new ArrayList<>(deadlines);
        ordered.sort(BindingDeadlines::compare);
        return ordered;
    }

    private static int compare(Deadline one, Deadline other) {
        int segments = Integer.compare(one.segment(), other.segment());
        if (segments != 0) {
            return segments;
        }
        int remaining = Long.compare(one.remainingMicros(), other.remainingMicros());
        return remaining != 0 ? remaining : one.requestId().compareTo(other.requestId());
    }

    /**
     * Those that bind under a budget below {@code decisive}, in order.
     *
     * @param inOrder as {@link #inOrder} leaves them
     */
    static List<Deadline> of(List<Deadline> inOrder, double decisive) {
        List<Deadline> tightestFirst = new ArrayList<>();
        int end = inOrder.size();
        while (end > 0) {
            int start = end - 1;
            while (start > 0 && inOrder.get(start - 1).segment() == inOrder.get(start).segment()) {
                start--;
            }
            for (Deadline deadline : inOrder.subList(start, end)) {
                addIfItBinds(deadline, tightestFirst, decisive);
            }
            end = start;
        }
        return inOrder(tightestFirst);
    }

    private static void addIfItBinds(
            Deadline deadline, List<Deadline> tightestFirst, double decisive) {
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
}
