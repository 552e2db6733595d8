package dev.lowgear.model.broker;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.stream.config.ListenerContainerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.kafka.support.converter.BatchMessageConverter;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

@Configuration(proxyBeanMethods = false)
class BrokerConfiguration {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

    @Bean(initMethod = "create", destroyMethod = "close")
    TopicsClient topicsClient(KafkaAdmin kafka, BrokerProperties properties) {
        Admin admin = Admin.create(kafka.getConfigurationProperties());
        return new TopicsClient(admin, properties, () -> admin.close(CLOSE_WITHIN));
    }

    @Bean
    DeadLetterPublisher deadLetterPublisher(
            KafkaTemplate<byte[], byte[]> kafka, BrokerProperties properties) {
        return new DeadLetterPublisher(kafka, properties.patience());
    }

    /** Named by {@code converter-bean-name} of every binding. */
    @Bean
    BatchMessageConverter polledRecords() {
        return new PolledRecords();
    }

    /** Consumer threads are named after their topic. */
    @Bean
    ListenerContainerCustomizer<AbstractMessageListenerContainer<?, ?>> containerNames() {
        return (container, topic, group) -> container.setBeanName(topic);
    }

    /** Hands a poll to its function as it is: one list, no headers, no conversion per record. */
    private static final class PolledRecords implements BatchMessageConverter {
        @Override
        public Message<?> toMessage(
                List<ConsumerRecord<?, ?>> records,
                @Nullable Acknowledgment acknowledgment,
                @Nullable Consumer<?, ?> consumer,
                Type type) {
            List<Received> received = new ArrayList<>(records.size());
            for (ConsumerRecord<?, ?> record : records) {
                received.add(
                        new Received(
                                record.partition(),
                                record.offset(),
                                record.timestamp(),
                                (byte[]) record.key(),
                                (byte[]) record.value()));
            }
            return MessageBuilder.withPayload(received).build();
        }

        @Override
        public List<ProducerRecord<?, ?>> fromMessage(Message<?> message, String defaultTopic) {
            throw new UnsupportedOperationException("records are only received");
        }
    }
}
