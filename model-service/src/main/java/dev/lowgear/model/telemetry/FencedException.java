package dev.lowgear.model.telemetry;

/** Somebody else has advanced a partition: this consumer no longer owns it, or does not know. */
final class FencedException extends RuntimeException {
    FencedException(String topic, int partition, long expected) {
        super(
                "offset of %s-%d is no longer %d: another consumer took the partition"
                        .formatted(topic, partition, expected));
    }
}
