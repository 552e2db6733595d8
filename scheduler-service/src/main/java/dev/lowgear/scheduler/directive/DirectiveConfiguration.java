package dev.lowgear.scheduler.directive;

import dev.lowgear.scheduler.SchedulerProperties;
import dev.lowgear.scheduler.broker.BrokerStart;
import dev.lowgear.scheduler.fleet.AgentDirectory;
import dev.lowgear.scheduler.loop.AnswerSink;
import dev.lowgear.scheduler.shard.ControllerStatePublisher;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;

@Configuration(proxyBeanMethods = false)
class DirectiveConfiguration {
    @Bean
    RecentDecisions recentDecisions(SchedulerProperties properties) {
        return new RecentDecisions(properties.decisionsKept());
    }

    @Bean
    DirectivePublisher.Producers directiveProducers(
            KafkaTemplate<byte[], byte[]> urgentKafka, KafkaTemplate<byte[], byte[]> relaxedKafka) {
        return new DirectivePublisher.Producers(urgentKafka, relaxedKafka);
    }

    @Bean
    AnswerSink answerSink(
            DirectivePublisher.Producers producers,
            RecentDecisions recent,
            AgentDirectory directory,
            ControllerStatePublisher states,
            DirectiveMeter meter,
            SchedulerProperties properties) {
        var decisions = new DecisionPublisher(producers.relaxed(), recent, properties.gearPolicy());
        return new DirectivePublisher(
                producers, directory, decisions, states, meter, properties.lease());
    }

    @Bean
    BrokerStart.Step directiveWarmUp(DirectivePublisher.Producers producers) {
        return producers::warmUp;
    }
}
