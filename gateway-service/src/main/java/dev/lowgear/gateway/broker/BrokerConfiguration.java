package dev.lowgear.gateway.broker;

import dev.lowgear.contract.AgentInventory;
import dev.lowgear.contract.EngineProjection;
import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.SloPolicyMessage;
import dev.lowgear.contract.Topics;
import dev.lowgear.core.fleet.AgentId;
import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.observation.EngineLoad;
import dev.lowgear.gateway.GatewayProperties;
import dev.lowgear.gateway.broker.FollowedTopic.Start;
import dev.lowgear.gateway.fleet.Fleet;
import dev.lowgear.gateway.slo.Policies;

import io.micrometer.core.instrument.MeterRegistry;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.MetadataRecoveryStrategy;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.support.ProducerListener;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Connects topics with what they change. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KafkaProperties.class)
class BrokerConfiguration {
    /** How long a send may wait for metadata: on the publisher's own thread, but still. */
    private static final int MAX_BLOCK_MILLIS = 100;

    private static final int BUFFER_BYTES = 8 * 1024 * 1024;
    private static final int RECONNECT_MILLIS = 1_000;
    private static final int REQUEST_MILLIS = 10_000;

    /** A broker that is stopped, ended, and started again is back within this. */
    private static final int DELIVERY_MILLIS = 60_000;

    private static final int ADMIN_TIMEOUT_MILLIS = 10_000;
    private static final int CLOSE_SECONDS = 2;

    @Bean
    ProducerFactory<String, byte[]> recordProducers(KafkaProperties kafka) {
        Map<String, Object> settings = new HashMap<>(kafka.buildProducerProperties());
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "gateway-events");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_MILLIS);
        var factory = new DefaultKafkaProducerFactory<String, byte[]>(settings);
        factory.setPhysicalCloseTimeout(CLOSE_SECONDS);
        return factory;
    }

    @Bean
    RecordPublisher requestEvents(
            ProducerFactory<String, byte[]> producers,
            GatewayProperties properties,
            MeterRegistry meters) {
        KafkaTemplate<String, byte[]> kafka = new KafkaTemplate<>(producers);
        kafka.setProducerListener(new ProducerListener<>() {}); // failures are counted, not logged
        return new RecordPublisher(properties.eventQueue(), kafka, meters);
    }

    @Bean(initMethod = "start")
    TopicsListener topicsListener(
            KafkaProperties kafka, RecordPublisher publisher, Fleet fleet, Policies policies) {
        Map<String, Object> consumer = new HashMap<>(kafka.buildConsumerProperties());
        consumer.remove(ConsumerConfig.GROUP_ID_CONFIG);
        consumer.put(ConsumerConfig.CLIENT_ID_CONFIG, "gateway-topics");
        consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumer.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_MILLIS);
        Map<String, Object> admin = new HashMap<>(kafka.buildAdminProperties());
        admin.put(AdminClientConfig.CLIENT_ID_CONFIG, "gateway-admin");
        // The admin client lives for one call; bootstrapping it anew would only fill the log.
        admin.put(
                CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG,
                MetadataRecoveryStrategy.NONE.name);
        admin.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, ADMIN_TIMEOUT_MILLIS);
        admin.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, ADMIN_TIMEOUT_MILLIS);
        admin.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_MILLIS);
        return new TopicsListener(
                consumer,
                admin,
                List.of(
                        new FollowedTopic(
                                Topics.SLO_POLICIES,
                                Start.BEGINNING,
                                (name, value) -> policy(policies, name, value)),
                        new FollowedTopic(
                                Topics.AGENTS,
                                Start.BEGINNING,
                                (id, value) -> agent(fleet, id, value)),
                        new FollowedTopic(
                                Topics.PROJECTIONS,
                                Start.END,
                                (id, value) -> projection(fleet, id, value))),
                publisher);
    }

    private static void policy(Policies policies, String name, byte @Nullable [] value) {
        if (value == null) {
            policies.withdraw(name);
        } else {
            policies.put(MessageCodec.decode(value, SloPolicyMessage.class));
        }
    }

    private static void agent(Fleet fleet, String id, byte @Nullable [] value) {
        if (value == null) {
            fleet.withdrawn(new AgentId(id));
        } else {
            fleet.announced(MessageCodec.decode(value, AgentInventory.class), System.nanoTime());
        }
    }

    private static void projection(Fleet fleet, String id, byte @Nullable [] value) {
        EngineId engine = new EngineId(id);
        if (value != null) {
            EngineLoad load = MessageCodec.decode(value, EngineProjection.class).load();
            fleet.reported(engine, load.running() + load.prefilling() + load.waiting());
        }
    }
}
