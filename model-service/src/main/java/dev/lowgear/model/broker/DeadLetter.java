package dev.lowgear.model.broker;

/**
 * A record nobody can read.
 *
 * @param topic topic it came from
 * @param record the record itself
 * @param reason why it cannot be read or stored
 */
public record DeadLetter(String topic, Received record, String reason) {
    /** Where it came from: {@code topic-partition@offset}. */
    public String origin() {
        return topic + "-" + record.partition() + "@" + record.offset();
    }
}
