package dev.lowgear.model;

import dev.lowgear.infrastructure.kafka.KafkaBroker;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads a topic of the broker all tests share from its beginning, remembering what came. */
final class TestConsumer implements AutoCloseable {
    private final KafkaConsumer<String, byte[]> consumer =
            new KafkaConsumer<>(
                    Map.of("bootstrap.servers", KafkaBroker.shared().bootstrapServers()),
                    new StringDeserializer(),
                    new ByteArrayDeserializer());
    private final List<ConsumerRecord<String, byte[]>> seen = new ArrayList<>();

    TestConsumer(String topic) {
        List<TopicPartition> partitions =
                consumer.partitionsFor(topic).stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Everything that came so far, after a short look for more. */
    List<ConsumerRecord<String, byte[]>> seen() {
        consumer.poll(Duration.ofMillis(200)).forEach(seen::add);
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
