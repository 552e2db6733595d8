package dev.lowgear.infrastructure.kafka;

/** A running Kafka broker, whatever it runs in. */
public interface Broker {
    /** For {@code bootstrap.servers}. */
    String bootstrapServers();
}
