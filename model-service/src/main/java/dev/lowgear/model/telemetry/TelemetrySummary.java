package dev.lowgear.model.telemetry;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * What was stored, and how much is still to be.
 *
 * @param feeds one entry per stored topic
 */
record TelemetrySummary(List<FeedSummary> feeds) {
    /**
     * One topic.
     *
     * @param rows rows ever stored
     * @param lag records in the topic that are not stored yet; absent while the broker is away
     * @param newestAt when the newest was received; absent if there is none
     * @param fingerprints rows by fingerprint of the engine; empty for request events
     */
    record FeedSummary(
            String topic,
            long rows,
            @Nullable Long lag,
            @Nullable Instant newestAt,
            List<FingerprintSummary> fingerprints) {}

    /** Rows about engines of one fingerprint. */
    record FingerprintSummary(String fingerprint, long rows, Instant oldestAt, Instant newestAt) {}
}
