package dev.lowgear.scheduler.shard;

import dev.lowgear.contract.EngineProjection;
import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.Topics;
import dev.lowgear.contract.UnreadableMessageException;
import dev.lowgear.core.control.Event;
import dev.lowgear.core.fleet.AgentId;
import dev.lowgear.scheduler.broker.DeadLetterPublisher;
import dev.lowgear.scheduler.broker.UnreadableRecord;
import dev.lowgear.scheduler.loop.Inbox;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;

import java.util.List;
import java.util.function.LongSupplier;

/** Takes projections in: decodes them and leaves them for the loop. Never waits. */
class ProjectionListener {
    private final Inbox inbox;
    private final DeadLetterPublisher deadLetters;
    private final LongSupplier nanoTime;

    ProjectionListener(Inbox inbox, DeadLetterPublisher deadLetters, LongSupplier nanoTime) {
        this.inbox = inbox;
        this.deadLetters = deadLetters;
        this.nanoTime = nanoTime;
    }

    @KafkaListener(
            id = "projections",
            idIsGroup = false,
            autoStartup = "false", // by BrokerStart
            topics = Topics.Names.PROJECTIONS,
            containerFactory = "projectionContainers")
    void receive(List<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            receive(record);
        }
    }

    private void receive(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.value() == null) {
                throw new UnreadableMessageException("a projection without value", null);
            }
            EngineProjection seen = MessageCodec.decode(record.value(), EngineProjection.class);
            inbox.offer(
                    new Event.ObservationReceived(
                            record.partition(),
                            new AgentId(seen.agentId()),
                            seen.toCore(),
                            nanoTime.getAsLong()));
        } catch (RuntimeException e) {
            // Whatever decoding throws: columns of different lengths, null elements, impossible
            // ids.
            deadLetters.publish(
                    new UnreadableRecord(
                            record.topic(),
                            record.partition(),
                            record.offset(),
                            record.key(),
                            record.value(),
                            e.getMessage() == null ? e.toString() : e.getMessage()));
        }
    }
}
