package dev.lowgear.scheduler.shard;

import dev.lowgear.contract.Topics;
import dev.lowgear.scheduler.broker.CompactedTopicListener;
import dev.lowgear.scheduler.broker.DeadLetterPublisher;
import dev.lowgear.scheduler.loop.Inbox;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ContainerProperties;

import java.util.Map;

@Configuration(proxyBeanMethods = false)
class ShardConfiguration {
    private static final String GROUP = "lowgear-scheduler";

    @Bean
    Shards shards() {
        return new Shards();
    }

    @Bean
    ControllerStatePublisher controllerStatePublisher(
            KafkaTemplate<byte[], byte[]> durableKafka, Shards shards) {
        return new ControllerStatePublisher(durableKafka, shards);
    }

    @Bean
    CompactedTopicListener controllerState(
            ConsumerFactory<byte[], byte[]> consumers,
            KafkaAdmin admin,
            DeadLetterPublisher deadLetters,
            Shards shards,
            Inbox inbox) {
        return new CompactedTopicListener(
                Topics.CONTROLLER_STATE,
                consumers,
                admin,
                deadLetters,
                new ControllerStateListener(shards, inbox)::receive);
    }

    @Bean
    ProjectionListener projectionListener(Inbox inbox, DeadLetterPublisher deadLetters) {
        return new ProjectionListener(inbox, deadLetters, System::nanoTime);
    }

    /**
     * A dead scheduler's shards move after the session timeout; a living one keeps its shards when
     * others come and go. Offsets are never committed: whoever takes a shard starts at its end.
     */
    @Bean
    ConcurrentKafkaListenerContainerFactory<byte[], byte[]> projectionContainers(
            KafkaProperties kafka, Shards shards, ControllerStatePublisher states, Inbox inbox) {
        Map<String, Object> settings = kafka.buildConsumerProperties();
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
        settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_500);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        settings.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName());
        var factory = new ConcurrentKafkaListenerContainerFactory<byte[], byte[]>();
        factory.setConsumerFactory(new DefaultKafkaConsumerFactory<>(settings));
        factory.setBatchListener(true);
        ContainerProperties properties = factory.getContainerProperties();
        properties.setAckMode(ContainerProperties.AckMode.MANUAL);
        properties.setAssignmentCommitOption(ContainerProperties.AssignmentCommitOption.NEVER);
        properties.setConsumerRebalanceListener(new AssignmentListener(shards, states, inbox));
        properties.setListenerTaskExecutor(new SimpleAsyncTaskExecutor("projections-"));
        properties.setPollTimeout(100);
        return factory;
    }
}
