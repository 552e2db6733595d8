package dev.lowgear.core.projection;

import java.util.ArrayList;
import java.util.List;

/**
 * Merges deadlines of one segment whose remaining times differ by less than a twentieth into the
 * tightest of them, up to the weight of one request: a few per segment are left, each stricter than
 * what it stands for by less than 5 %.
 */
final class DeadlineMerge {
    private static final double ALIKE = .95;

    private DeadlineMerge() {}

    /**
     * The merged deadlines.
     *
     * @param inOrder by segment, then remaining time
     */
    static List<Deadline> of(List<Deadline> inOrder) {
        List<Deadline> merged = new ArrayList<>();
        for (Deadline next : inOrder) {
            Deadline last = merged.isEmpty() ? null : merged.getLast();
            if (last != null && isAlike(last, next)) {
                merged.set(
                        merged.size() - 1,
                        new Deadline(
                                last.segment(),
                                last.remainingMicros(),
                                last.weight() + next.weight(),
                                last.target(),
                                last.requestId()));
            } else {
                merged.add(next);
            }
        }
        return merged;
    }

    private static boolean isAlike(Deadline tight, Deadline next) {
        return tight.segment() == next.segment()
                && tight.weight() + next.weight() <= 1
                && tight.remainingMicros() >= ALIKE * next.remainingMicros();
    }
}
