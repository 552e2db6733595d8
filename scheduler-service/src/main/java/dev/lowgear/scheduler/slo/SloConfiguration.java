package dev.lowgear.scheduler.slo;

import dev.lowgear.contract.Topics;
import dev.lowgear.scheduler.broker.BindingListener;
import dev.lowgear.scheduler.broker.DeadLetterPublisher;
import dev.lowgear.scheduler.loop.Inbox;

import jakarta.persistence.EntityManager;

import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.messaging.Message;

import java.time.InstantSource;
import java.util.function.Consumer;

@Configuration(proxyBeanMethods = false)
class SloConfiguration {
    @Bean
    SchemaStore schemaStore() {
        return new SchemaStore();
    }

    @Bean
    FlywayMigrationStrategy migrationStrategy(SchemaStore schema) {
        return schema::migrate;
    }

    @Bean
    SloPolicyStore sloPolicyStore(
            SloPolicies policies, PolicyChanges changes, EntityManager entities) {
        return new SloPolicyStore(policies, changes, entities, InstantSource.system());
    }

    @Bean
    SloPolicyPublisher sloPolicyPublisher(
            SloPolicyStore store, KafkaTemplate<byte[], byte[]> durableKafka) {
        return new SloPolicyPublisher(store, durableKafka);
    }

    @Bean
    Consumer<Message<?>> policies(Inbox inbox, DeadLetterPublisher deadLetters) {
        return new BindingListener(
                Topics.SLO_POLICIES, deadLetters, new SloPolicyListener(inbox)::receive);
    }
}
