package dev.lowgear.agent.publishing;

import dev.lowgear.agent.AgentProperties;

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

/** Two producers: one that waits a little to fill batches, one that never waits. */
@Configuration(proxyBeanMethods = false)
class PublishingConfiguration {
    /**
     * How long a send may wait for metadata when the broker is away: on the publisher's own thread.
     */
    private static final int MAX_BLOCK_MILLIS = 100;

    /**
     * Failures are counted where they are handled; a log line with the payload for each would flood
     * a disk.
     */
    private static final ProducerListener<String, byte[]> QUIET = new ProducerListener<>() {};

    @Bean
    RecordPublisher telemetryPublisher(
            KafkaProperties kafka, AgentProperties properties, MeterRegistry meters) {
        return publisher("telemetry", 5, kafka, properties, meters);
    }

    @Bean
    RecordPublisher projectionPublisher(
            KafkaProperties kafka, AgentProperties properties, MeterRegistry meters) {
        return publisher("projections", 0, kafka, properties, meters);
    }

    @Bean
    KafkaTemplate<String, byte[]> deadLetterTemplate(
            KafkaProperties kafka, AgentProperties properties) {
        return template("dead-letters", 0, kafka, properties);
    }

    private static RecordPublisher publisher(
            String name,
            int lingerMillis,
            KafkaProperties kafka,
            AgentProperties properties,
            MeterRegistry meters) {
        return new RecordPublisher(
                name,
                properties.publishQueue(),
                template(name, lingerMillis, kafka, properties),
                meters);
    }

    private static KafkaTemplate<String, byte[]> template(
            String name, int lingerMillis, KafkaProperties kafka, AgentProperties properties) {
        Map<String, Object> settings = new HashMap<>(kafka.buildProducerProperties());
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, properties.id() + "-" + name);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, lingerMillis);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, lingerMillis > 0 ? "lz4" : "none");
        KafkaTemplate<String, byte[]> template =
                new KafkaTemplate<>(new DefaultKafkaProducerFactory<>(settings));
        template.setProducerListener(QUIET);
        return template;
    }
}
