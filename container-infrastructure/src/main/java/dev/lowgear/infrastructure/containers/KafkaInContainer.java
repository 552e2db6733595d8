package dev.lowgear.infrastructure.containers;

import dev.lowgear.infrastructure.kafka.Broker;
import dev.lowgear.infrastructure.kafka.BrokerContainer;

import org.testcontainers.kafka.KafkaContainer;

/** Kafka as a container, of the image that staging runs; Testcontainers ends it with the JVM. */
public final class KafkaInContainer implements BrokerContainer {
    static final String IMAGE = "apache/kafka:4.1.2";

    @Override
    public Broker get() {
        var container =
                new KafkaContainer(IMAGE)
                        .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                        .withEnv("KAFKA_LOG_MESSAGE_TIMESTAMP_TYPE", "LogAppendTime")
                        .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
        container.start();
        return container::getBootstrapServers;
    }
}
