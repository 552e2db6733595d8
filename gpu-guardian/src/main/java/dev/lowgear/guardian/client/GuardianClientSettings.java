package dev.lowgear.guardian.client;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How to reach a guardian.
 *
 * @param socket its Unix socket
 * @param acknowledgementTimeout how long an answer may take before the connection counts as dead
 * @param statusInterval how often the guardian is asked for its status, so that one that hangs is
 *     noticed even when there is nothing else to ask
 * @param maximumBackOff longest wait between two attempts to connect
 * @param maximumWaiting requests without an answer before further ones fail at once
 */
public record GuardianClientSettings(
        Path socket,
        Duration acknowledgementTimeout,
        Duration statusInterval,
        Duration maximumBackOff,
        int maximumWaiting) {
    public GuardianClientSettings {
        if (!isPositive(acknowledgementTimeout)
                || !isPositive(statusInterval)
                || !isPositive(maximumBackOff)) {
            throw new IllegalArgumentException("timeout, interval and back-off are positive");
        }
        if (maximumWaiting < 1) {
            throw new IllegalArgumentException("at least one request may wait");
        }
    }

    /** What serves a guardian whose driver calls may take half a second. */
    public static GuardianClientSettings of(Path socket) {
        return new GuardianClientSettings(
                socket,
                Duration.ofSeconds(1),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                1_024);
    }

    private static boolean isPositive(Duration duration) {
        return duration.isPositive();
    }
}
