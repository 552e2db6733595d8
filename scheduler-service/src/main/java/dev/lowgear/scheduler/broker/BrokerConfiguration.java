package dev.lowgear.scheduler.broker;

import dev.lowgear.contract.Topics;

import org.aopalliance.intercept.MethodInterceptor;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.cloud.stream.binding.InputBindingLifecycle;
import org.springframework.context.ApplicationListener;
import org.springframework.context.Lifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
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

    /** Leaves it to {@link BrokerStart} when the bindings start. */
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

    /** Compacted topics first: they say which engines there are and under which policies. */
    @Bean(destroyMethod = "close")
    BrokerStart brokerStart(
            KafkaAdmin admin,
            List<BrokerStart.Step> producers,
            List<CompactedTopicListener> compacted,
            InputBindingLifecycle bindings,
            KafkaListenerEndpointRegistry listeners) {
        List<BrokerStart.Step> steps = new ArrayList<>();
        steps.add(admin::initialize);
        steps.addAll(producers);
        compacted.forEach(listener -> steps.add(listener::start));
        steps.add(bindings::start);
        steps.add(() -> listeners.getAllListenerContainers().forEach(Lifecycle::start));
        return new BrokerStart(steps);
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> brokerBegin(
            BrokerStart start, BrokerProperties properties) {
        return _ -> start.begin(properties.retryEvery());
    }

    /** Part of readiness: a scheduler that hears nothing decides nothing. */
    @Bean
    HealthIndicator brokerHealthIndicator(BrokerStart start) {
        return () -> (start.isDone() ? Health.up() : Health.down()).build();
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

    /**
     * For what must not be lost: epochs, policies, dead letters. Whoever sends tries again, so that
     * nothing hangs in a producer for the two minutes of the default.
     */
    @Bean
    KafkaTemplate<byte[], byte[]> durableKafka(
            ProducerFactory<byte[], byte[]> producers, BrokerProperties properties) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "scheduler-durable");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        int patienceMillis = Math.toIntExact(properties.patience().toMillis());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patienceMillis);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, patienceMillis);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2 * patienceMillis);
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
