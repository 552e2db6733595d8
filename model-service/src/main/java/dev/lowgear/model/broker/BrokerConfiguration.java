package dev.lowgear.model.broker;

import org.aopalliance.intercept.MethodInterceptor;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.cloud.stream.binding.InputBindingLifecycle;
import org.springframework.cloud.stream.config.ListenerContainerCustomizer;
import org.springframework.context.ApplicationListener;
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

    @Bean(destroyMethod = "close")
    TopicsClient topicsClient(KafkaAdmin kafka, BrokerProperties properties) {
        Admin admin = Admin.create(kafka.getConfigurationProperties());
        return new TopicsClient(admin, properties, () -> admin.close(CLOSE_WITHIN));
    }

    /** Leaves it to {@link StreamStart} when the bindings start. */
    @Bean
    static BeanPostProcessor bindingsWait() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof InputBindingLifecycle ? withoutAutoStart(bean) : bean;
            }
        };
    }

    private static Object withoutAutoStart(Object lifecycle) {
        ProxyFactory proxy = new ProxyFactory(lifecycle);
        proxy.setProxyTargetClass(true);
        MethodInterceptor waits =
                call -> {
                    if (call.getMethod().getName().equals("isAutoStartup")) {
                        return false;
                    }
                    return call.proceed();
                };
        proxy.addAdvice(waits);
        return proxy.getProxy();
    }

    @Bean(destroyMethod = "close")
    StreamStart streamStart(TopicsClient topics, InputBindingLifecycle bindings) {
        return new StreamStart(topics::create, bindings::start);
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> streamsBegin(
            StreamStart start, BrokerProperties properties) {
        return ready -> start.begin(properties.retryEvery());
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
