package dev.lowgear.agent.table;

import dev.lowgear.agent.listening.DeadLetterPublisher;
import dev.lowgear.agent.listening.TopicReader;
import dev.lowgear.agent.owner.EngineThreads;
import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.PerformanceTableMessage;
import dev.lowgear.contract.Topics;
import dev.lowgear.contract.UnreadableMessageException;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads every performance table there is and hands it to the engines it is about: admission and
 * trim use it.
 */
@Component
class TableListener implements AutoCloseable {
    private final EngineThreads engines;
    private final DeadLetterPublisher deadLetters;
    private final TopicReader reader;

    TableListener(KafkaProperties kafka, EngineThreads engines, DeadLetterPublisher deadLetters) {
        this.engines = engines;
        this.deadLetters = deadLetters;
        List<TopicPartition> all = new ArrayList<>();
        for (int partition = 0; partition < Topics.PARTITIONS; partition++) {
            all.add(new TopicPartition(Topics.PERFORMANCE_TABLES.topic(), partition));
        }
        reader =
                new TopicReader(
                        "performance-tables",
                        kafka.buildConsumerProperties(),
                        all,
                        TopicReader.From.BEGINNING,
                        this::receive);
    }

    private void receive(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            engines.withdrawn(record.key());
            return;
        }
        try {
            PerformanceTableMessage message =
                    MessageCodec.decode(record.value(), PerformanceTableMessage.class);
            engines.tabulated(message.fingerprint(), message.toCore());
        } catch (UnreadableMessageException | IllegalArgumentException e) {
            deadLetters.send(record, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
