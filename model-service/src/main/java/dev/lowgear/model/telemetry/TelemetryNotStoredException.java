package dev.lowgear.model.telemetry;

import java.sql.SQLException;

/** The database did not take a batch; it will be tried again. */
final class TelemetryNotStoredException extends RuntimeException {
    TelemetryNotStoredException(String topic, SQLException cause) {
        super("%s not stored: %s".formatted(topic, cause.getMessage()), cause);
    }
}
