package dev.lowgear.agent.publishing;

import dev.lowgear.agent.AgentProperties;
import dev.lowgear.agent.listening.TopicCreator;

import io.micrometer.core.instrument.MeterRegistry;

import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.ProducerListener;

import java.util.HashMap;
import java.util.Map;

/** Two producers: one that loses nothing and fills batches, one that never waits. */
@Configuration(proxyBeanMethods = false)
class PublishingConfiguration {
    /**
     * How long a send may wait for metadata when the broker is away: on the publisher's own thread.
     */
    private static final int MAX_BLOCK_MILLIS = 100;

    /** A broker that is stopped, ended, and started again is back within this. */
    private static final int TELEMETRY_DELIVERY_MILLIS = 60_000;

    private static final int TELEMETRY_REQUEST_MILLIS = 10_000;

    /** At most so long between attempts to reach a broker that is away. */
    private static final int RECONNECT_MILLIS = 500;

    /**
     * Failures are counted where they are handled; a log line with the payload for each would flood
     * a disk.
     */
    private static final ProducerListener<String, byte[]> QUIET = new ProducerListener<>() {};

    @Bean
    RecordPublisher telemetryPublisher(
            KafkaProperties kafka,
            AgentProperties properties,
            TopicCreator topics,
            MeterRegistry meters) {
        return new RecordPublisher(
                "telemetry",
                properties.publishQueue(),
                true,
                template(durable("telemetry", kafka, properties)),
                topics,
                meters);
    }

    @Bean
    RecordPublisher projectionPublisher(
            KafkaProperties kafka,
            AgentProperties properties,
            TopicCreator topics,
            MeterRegistry meters) {
        return new RecordPublisher(
                "projections",
                properties.publishQueue(),
                false,
                template(leased("projections", kafka, properties)),
                topics,
                meters);
    }

    @Bean
    KafkaTemplate<String, byte[]> deadLetterTemplate(
            KafkaProperties kafka, AgentProperties properties) {
        return template(durable("dead-letters", kafka, properties));
    }

    private static Map<String, Object> durable(
            String name, KafkaProperties kafka, AgentProperties properties) {
        Map<String, Object> settings = settings(name, kafka, properties);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TELEMETRY_REQUEST_MILLIS);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TELEMETRY_DELIVERY_MILLIS);
        return settings;
    }

    /**
     * A projection older than a lease is worth nothing: it is not retried for longer, so that after
     * an outage the scheduler hears of the present first. Its sequence tells which is newer, so
     * order need not be kept by the producer.
     */
    private static Map<String, Object> leased(
            String name, KafkaProperties kafka, AgentProperties properties) {
        int leaseMillis = Math.toIntExact(properties.lease().toMillis());
        Map<String, Object> settings = settings(name, kafka, properties);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.ACKS_CONFIG, "1");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, leaseMillis);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, leaseMillis);
        return settings;
    }

    private static Map<String, Object> settings(
            String name, KafkaProperties kafka, AgentProperties properties) {
        Map<String, Object> settings = new HashMap<>(kafka.buildProducerProperties());
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, properties.id() + "-" + name);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_MILLIS);
        return settings;
    }

    private static KafkaTemplate<String, byte[]> template(Map<String, Object> settings) {
        KafkaTemplate<String, byte[]> template =
                new KafkaTemplate<>(new DefaultKafkaProducerFactory<>(settings));
        template.setProducerListener(QUIET);
        return template;
    }
}
