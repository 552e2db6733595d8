package dev.lowgear.model.telemetry;

/** A batch came from a partition whose position the database has not been asked for yet. */
final class UnknownPositionException extends RuntimeException {
    UnknownPositionException(String topic, int partition) {
        super("position of " + topic + "-" + partition + " is not known yet");
    }
}
