package dev.lowgear.scheduler.fleet;

import dev.lowgear.contract.Topics;
import dev.lowgear.core.control.PriorModels;
import dev.lowgear.scheduler.broker.BindingListener;
import dev.lowgear.scheduler.broker.CompactedTopicListener;
import dev.lowgear.scheduler.broker.DeadLetterPublisher;
import dev.lowgear.scheduler.loop.Inbox;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.messaging.Message;

import java.util.function.Consumer;

@Configuration(proxyBeanMethods = false)
class FleetConfiguration {
    @Bean
    AgentDirectory agentDirectory() {
        return new AgentDirectory();
    }

    @Bean
    PriorModels priorModels() {
        return new DataSheets();
    }

    @Bean
    Consumer<Message<?>> agents(
            AgentDirectory directory, Inbox inbox, DeadLetterPublisher deadLetters) {
        var listener = new InventoryListener(directory, inbox);
        return new BindingListener(Topics.AGENTS, deadLetters, listener::receive);
    }

    @Bean
    CompactedTopicListener performanceTables(
            ConsumerFactory<byte[], byte[]> consumers,
            KafkaAdmin admin,
            DeadLetterPublisher deadLetters,
            Inbox inbox) {
        return new CompactedTopicListener(
                Topics.PERFORMANCE_TABLES,
                consumers,
                admin,
                deadLetters,
                new PerformanceTableListener(inbox)::receive);
    }
}
