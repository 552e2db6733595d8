package dev.lowgear.agent.directive;

import dev.lowgear.agent.AgentProperties;
import dev.lowgear.agent.listening.DeadLetterPublisher;
import dev.lowgear.agent.listening.TopicReader;
import dev.lowgear.contract.DirectiveMessage;
import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.Topics;
import dev.lowgear.contract.UnreadableMessageException;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

import java.util.List;

/**
 * Reads the one partition this agent announced, from its end. What was said before the agent
 * listened has no lease left, so nothing is lost by starting there.
 */
@Component
class DirectiveListener implements AutoCloseable {
    private final String agentId;
    private final DirectiveSink sink;
    private final DeadLetterPublisher deadLetters;
    private final Counter received;
    private final TopicReader reader;

    DirectiveListener(
            KafkaProperties kafka,
            AgentProperties properties,
            DirectivesPartition partition,
            DirectiveSink sink,
            DeadLetterPublisher deadLetters,
            MeterRegistry meters) {
        agentId = properties.id();
        this.sink = sink;
        this.deadLetters = deadLetters;
        received = meters.counter("lowgear.directives.received");
        reader =
                new TopicReader(
                        "directives",
                        kafka.buildConsumerProperties(),
                        List.of(new TopicPartition(Topics.DIRECTIVES.topic(), partition.number())),
                        TopicReader.From.END,
                        this::receive);
    }

    private void receive(ConsumerRecord<String, byte[]> record) {
        received.increment();
        try {
            switch (MessageCodec.decode(record.value(), DirectiveMessage.class)) {
                case DirectiveMessage.SetGear gear -> sink.setGear(gear);
                case DirectiveMessage.Release release -> sink.release(release);
                case DirectiveMessage.Renewals renewals -> {
                    if (renewals.agentId().equals(agentId)) {
                        renewals.engines()
                                .forEach(renewal -> sink.renew(renewal, renewals.leaseMillis()));
                    }
                }
            }
        } catch (UnreadableMessageException | IllegalArgumentException e) {
            deadLetters.send(record, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
