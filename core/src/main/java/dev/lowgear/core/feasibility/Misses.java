package dev.lowgear.core.feasibility;

import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.projection.Deadline;
import dev.lowgear.core.projection.Projection;
import dev.lowgear.core.projection.Segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which requests miss a deadline of theirs, and how probably: the sum of the weights of a request's
 * missed deadlines, at most 1. Taken at the highest clock and pace 0 it tells which are lost.
 *
 * @param probabilities by request id; those that miss nothing are absent
 * @param iterationTooLong whether some iteration takes longer than a request in it allows
 */
public record Misses(Map<String, Double> probabilities, boolean iterationTooLong) {
    /** Missing at least this probably is as good as having missed. */
    private static final double LOST = .5;

    /**
     * The misses of a projection that has every deadline.
     *
     * @param factor multiplies every predicted time, positive
     */
    public static Misses of(
            Projection projection, PerformanceModel model, int clockIndex, double factor) {
        Map<String, Double> probabilities = new TreeMap<>();
        boolean tooLong = false;
        double elapsed = 0;
        int next = 0;
        List<Deadline> deadlines = projection.deadlines();
        for (int s = 0; s < projection.segments().size(); s++) {
            Segment segment = projection.segments().get(s);
            double iteration =
                    factor
                            * model.iterationMicros(
                                    clockIndex,
                                    segment.batch(),
                                    segment.meanKvTokens(),
                                    segment.prefillTokensPerIteration());
            tooLong |= iteration > segment.iterationLimitMicros();
            elapsed += segment.iterations() * iteration;
            for (; next < deadlines.size() && deadlines.get(next).segment() == s; next++) {
                Deadline deadline = deadlines.get(next);
                if (elapsed > deadline.remainingMicros()) {
                    probabilities.merge(
                            deadline.requestId(),
                            deadline.weight(),
                            (one, other) -> Math.min(1, one + other));
                }
            }
        }
        return new Misses(probabilities, tooLong);
    }

    /** How probably this request misses. */
    public double of(String requestId) {
        return probabilities.getOrDefault(requestId, 0.);
    }

    /** Whether this request is more likely than not to miss. */
    public boolean isLost(String requestId) {
        return of(requestId) >= LOST;
    }

    /** The requests more likely than not to miss, by id. */
    public List<String> lost() {
        List<String> lost = new ArrayList<>();
        for (String requestId : probabilities.keySet()) {
            if (isLost(requestId)) {
                lost.add(requestId);
            }
        }
        return lost;
    }

    /** Expected misses of all requests but this one. */
    public double expectedWithout(String requestId) {
        double sum = 0;
        for (Map.Entry<String, Double> miss : probabilities.entrySet()) {
            if (!miss.getKey().equals(requestId)) {
                sum += miss.getValue();
            }
        }
        return sum;
    }
}
