package dev.lowgear.scheduler.broker;

import dev.lowgear.contract.Topics;

import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

@Configuration(proxyBeanMethods = false)
class BrokerConfiguration {
    private static final List<Topics> OURS =
            List.of(
                    Topics.PROJECTIONS,
                    Topics.DIRECTIVES,
                    Topics.DECISIONS,
                    Topics.CONTROLLER_STATE,
                    Topics.AGENTS,
                    Topics.SLO_POLICIES,
                    Topics.PERFORMANCE_TABLES);

    @Bean
    KafkaAdmin.NewTopics topics(BrokerProperties properties) {
        List<NewTopic> topics = new ArrayList<>();
        for (Topics topic : OURS) {
            topics.add(
                    new NewTopic(topic.topic(), properties.partitions(), properties.replication())
                            .configs(topic.settings()));
            topics.add(
                    new NewTopic(topic.deadLetterTopic(), 1, properties.replication())
                            .configs(Topics.deadLetterSettings()));
        }
        return new KafkaAdmin.NewTopics(topics.toArray(NewTopic[]::new));
    }

    /** For what must leave at once: raises, and whatever a waiting request needs. */
    @Bean
    KafkaTemplate<byte[], byte[]> urgentKafka(ProducerFactory<byte[], byte[]> producers) {
        return new KafkaTemplate<>(producers, leased("scheduler-urgent", 0));
    }

    /** For what may wait a few milliseconds for company: everything else that a lease bounds. */
    @Bean
    KafkaTemplate<byte[], byte[]> relaxedKafka(ProducerFactory<byte[], byte[]> producers) {
        return new KafkaTemplate<>(producers, leased("scheduler-relaxed", 3));
    }

    /** For what must not be lost: epochs, policies, dead letters. */
    @Bean
    KafkaTemplate<byte[], byte[]> durableKafka(
            ProducerFactory<byte[], byte[]> producers, BrokerProperties properties) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "scheduler-durable");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, properties.patience().toMillis());
        return new KafkaTemplate<>(producers, settings);
    }

    @Bean
    DeadLetterPublisher deadLetterPublisher(KafkaTemplate<byte[], byte[]> durableKafka) {
        return new DeadLetterPublisher(durableKafka);
    }

    /**
     * A directive older than its lease is worth nothing: it is neither retried for long nor waited
     * for, and one leader's acknowledgement is enough.
     */
    private static Map<String, Object> leased(String clientId, int lingerMillis) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        settings.put(ProducerConfig.ACKS_CONFIG, "1");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, lingerMillis);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 100);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 1_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 1_500);
        return settings;
    }
}
