package dev.lowgear.core.admission;

import dev.lowgear.core.engine.EngineLimits;
import dev.lowgear.core.projection.Forecast;
import dev.lowgear.core.projection.Projector;
import dev.lowgear.core.projection.ScoreboardEntry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Admission by room alone (throttLL'eM §3.5, first check): a place in the batch, and a KV cache
 * that is not expected to overflow at any time to come, {@code max_j (mean KV[j]·(1 + e) + z·σ[j])
 * ≤ capacity}. It is all there is while no performance table is at hand.
 *
 * <p>Onto an empty engine anything may go that the engine takes at all: nobody is in the way, and
 * waiting would not help.
 *
 * @param limits the engine's
 * @param projector projects the engine
 * @param commonModeError {@code e}: relative error that all predicted lengths make together, at
 *     least 0
 * @param iterationMicros what an iteration takes lately, positive: tells how long waiting takes
 */
public record CapacityAdmission(
        EngineLimits limits, Projector projector, double commonModeError, double iterationMicros)
        implements AdmissionPolicy {
    /** Independent deviations that are reckoned with: 98 of 100 forecasts stay below. */
    private static final double DEVIATIONS = 2;

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(10);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    public CapacityAdmission {
        if (!(commonModeError >= 0) || !(iterationMicros > 0)) {
            throw new IllegalArgumentException(
                    "an error is not negative and an iteration takes time, got "
                            + commonModeError
                            + ", "
                            + iterationMicros);
        }
    }

    @Override
    public Admission decide(
            Collection<ScoreboardEntry> present, ScoreboardEntry candidate, long nowNanos) {
        return obstacle(present, with(present, candidate, nowNanos))
                .<Admission>map(reason -> new Admission.Queue(reason, wait(present, nowNanos)))
                .orElseGet(Admission.Admit::new);
    }

    /** The engine with the candidate at the end. */
    Forecast with(Collection<ScoreboardEntry> present, ScoreboardEntry candidate, long nowNanos) {
        List<ScoreboardEntry> all = new ArrayList<>(present.size() + 1);
        all.addAll(present);
        all.add(candidate);
        return projector.forecast(all, nowNanos);
    }

    /** What stands in the way of the candidate, as far as room goes. */
    Optional<String> obstacle(Collection<ScoreboardEntry> present, Forecast withCandidate) {
        if (present.isEmpty()) {
            return Optional.empty();
        }
        if (present.size() >= limits.maxBatch()) {
            return Optional.of("batch of " + limits.maxBatch() + " is full");
        }
        double peak = withCandidate.kv().peakTokens(DEVIATIONS, commonModeError);
        if (peak > limits.kvCapacityTokens()) {
            return Optional.of(
                    "KV cache would need "
                            + (long) peak
                            + " of "
                            + limits.kvCapacityTokens()
                            + " tokens");
        }
        return Optional.empty();
    }

    /** Until the first request is expected to be gone. */
    Duration wait(Collection<ScoreboardEntry> present, long nowNanos) {
        double micros = projector.forecast(present, nowNanos).nextCompletion() * iterationMicros;
        return Duration.ofNanos(
                Math.clamp((long) (micros * 1e3), SHORTEST_WAIT.toNanos(), LONGEST_WAIT.toNanos()));
    }
}
