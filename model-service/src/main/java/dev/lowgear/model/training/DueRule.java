package dev.lowgear.model.training;

import dev.lowgear.model.registry.LastTraining;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a fingerprint is to be trained: first once its telemetry spans a minute and has enough
 * iterations, then whenever enough new ones came, but not too often.
 *
 * @param firstAfter telemetry needed before the first training
 * @param every least time between two trainings
 * @param minimumSamples iterations needed for the first, and new ones for every other
 */
record DueRule(Duration firstAfter, Duration every, long minimumSamples) {
    /**
     * Whether it is due.
     *
     * @param last its last training
     */
    boolean isDue(Progress progress, Optional<LastTraining> last, Instant now) {
        if (last.isEmpty()) {
            return progress.rows() >= minimumSamples && progress.span().compareTo(firstAfter) >= 0;
        }
        long fresh = progress.rows() - last.get().telemetryRows();
        // Fewer rows than then: the database was emptied, and what is there is new.
        boolean enough =
                fresh >= minimumSamples || (fresh < 0 && progress.rows() >= minimumSamples);
        return enough && !now.isBefore(last.get().at().plus(every));
    }
}
