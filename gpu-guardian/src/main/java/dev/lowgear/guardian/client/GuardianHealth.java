package dev.lowgear.guardian.client;

import dev.lowgear.guardian.protocol.GuardianStatus;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;

/**
 * What a client knows of its guardian.
 *
 * @param connected whether the connection stands
 * @param sinceLastAnswer time since the last answer of any kind, or since the client began
 * @param acknowledged requests answered, done or refused
 * @param timedOut requests whose answer did not come in time
 * @param lastStatus the guardian's last report of itself, or null before the first
 */
public record GuardianHealth(
        boolean connected,
        Duration sinceLastAnswer,
        long acknowledged,
        long timedOut,
        @Nullable GuardianStatus lastStatus) {

    /** The guardian's last report of itself. */
    public Optional<GuardianStatus> status() {
        return Optional.ofNullable(lastStatus);
    }

    /** Whether it is connected and has answered within {@code patience}. */
    public boolean isWell(Duration patience) {
        return connected && sinceLastAnswer.compareTo(patience) <= 0;
    }
}
