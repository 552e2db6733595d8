package dev.lowgear.model.training;

import java.time.Duration;
import java.time.Instant;

/**
 * How much telemetry of a fingerprint there is.
 *
 * @param rows iterations ever stored
 * @param oldest when the first was received
 * @param newest when the last was received
 */
record Progress(String fingerprint, long rows, Instant oldest, Instant newest) {
    Duration span() {
        return Duration.between(oldest, newest);
    }
}
