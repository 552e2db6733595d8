package dev.lowgear.core.admission;

import dev.lowgear.core.feasibility.Misses;
import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.projection.Forecast;
import dev.lowgear.core.projection.ScoreboardEntry;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Admission by room and by everybody's promises (throttLL'eM §3.5; Lowgear algorithms, §8): the
 * candidate is appended virtually, the engine projected, and everything checked at the maximum
 * clock and pace 0, in this order:
 *
 * <ol>
 *   <li>a place in the batch and room in the KV cache ({@link CapacityAdmission});
 *   <li>iteration limits: an inter-token target of anybody that held without the candidate still
 *       holds with it;
 *   <li>deadlines, end to end and to the first token: the others' expected misses rise by at most
 *       {@code bearableMisses}, and the candidate is more likely than not to meet its own.
 * </ol>
 *
 * <p>What is compared is the engine with and without the candidate, so that a request that is late
 * already does not close the engine to everyone behind it. With point predictions expected misses
 * are whole numbers and a bound below 1 is the paper's rule; with distributions the tails of others
 * touch their deadlines all the time, and the bound says how much of that one more request is
 * worth.
 *
 * <p>A candidate that would miss its own targets even alone on the engine is <em>lost</em>: it is
 * served best effort as soon as that harms nobody, or turned away if it may be shed.
 *
 * @param capacity the first check
 * @param model predicts iterations at the maximum clock
 * @param trim factor on predicted times, positive
 * @param bearableMisses expected misses of others that an admission may cost, at least 0
 */
public record DeadlineAdmission(
        CapacityAdmission capacity, PerformanceModel model, double trim, double bearableMisses)
        implements AdmissionPolicy {
    /** A quarter of a miss: less than the candidate itself stands to lose by waiting for long. */
    public static final double BEARABLE_MISSES = .25;

    public DeadlineAdmission {
        if (!(trim > 0) || !(bearableMisses >= 0)) {
            throw new IllegalArgumentException(
                    "trim is positive and misses are not negative, got "
                            + trim
                            + ", "
                            + bearableMisses);
        }
    }

    @Override
    public Admission decide(
            Collection<ScoreboardEntry> present, ScoreboardEntry candidate, long nowNanos) {
        Forecast with = capacity.with(present, candidate, nowNanos);
        boolean lost = misses(alone(candidate, nowNanos)).isLost(candidate.requestId());
        if (lost && candidate.promise().sheddable()) {
            return new Admission.Reject(
                    "would miss its targets even alone at the maximum clock",
                    capacity.wait(present, nowNanos));
        }
        Optional<String> obstacle = capacity.obstacle(present, with);
        if (obstacle.isEmpty() && !present.isEmpty()) {
            obstacle = harm(present, candidate, with, lost, nowNanos);
        }
        if (obstacle.isPresent()) {
            return new Admission.Queue(obstacle.get(), capacity.wait(present, nowNanos));
        }
        return lost
                ? new Admission.Lost("misses its targets even alone at the maximum clock")
                : new Admission.Admit();
    }

    private Optional<String> harm(
            Collection<ScoreboardEntry> present,
            ScoreboardEntry candidate,
            Forecast withCandidate,
            boolean lost,
            long nowNanos) {
        String id = candidate.requestId();
        Misses with = misses(withCandidate);
        Misses without = misses(capacity.projector().forecast(present, nowNanos));
        if (with.iterationTooLong() && !without.iterationTooLong() && !lost) {
            return Optional.of("an iteration would exceed an inter-token target");
        }
        double added = with.expectedWithout(id) - without.expectedWithout(id);
        if (added > bearableMisses) {
            return Optional.of(
                    String.format(
                            Locale.ROOT, "would cost %.2f misses of running requests", added));
        }
        return !lost && with.isLost(id)
                ? Optional.of("would miss its own deadline beside what runs now")
                : Optional.empty();
    }

    private Forecast alone(ScoreboardEntry candidate, long nowNanos) {
        return capacity.projector().forecast(List.of(candidate), nowNanos);
    }

    private Misses misses(Forecast forecast) {
        return Misses.of(forecast.everyDeadline(), model, model.clocks().highestIndex(), trim);
    }
}
