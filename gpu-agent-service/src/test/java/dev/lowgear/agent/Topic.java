package dev.lowgear.agent;

import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.Topics;
import dev.lowgear.infrastructure.kafka.KafkaBroker;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Reads one topic from its end on, as a third party would. */
final class Topic implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaConsumer<String, byte[]> consumer;
    private final ArrayDeque<ConsumerRecord<String, byte[]>> seen = new ArrayDeque<>();

    private Topic(String name) {
        consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", KafkaBroker.shared().bootstrapServers()),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                consumer.partitionsFor(name, PATIENCE).stream()
                        .map(each -> new TopicPartition(name, each.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    static Topic of(Topics topic) {
        return new Topic(topic.topic());
    }

    static Topic named(String name) {
        return new Topic(name);
    }

    <T> T await(Class<T> type, Predicate<T> wanted) {
        while (true) {
            T message = MessageCodec.decode(next().value(), type);
            if (wanted.test(message)) {
                return message;
            }
        }
    }

    String awaitHeader(String header) {
        return new String(next().headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }

    private ConsumerRecord<String, byte[]> next() {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (seen.isEmpty()) {
            consumer.poll(Duration.ofMillis(200)).forEach(seen::add);
            if (System.nanoTime() > giveUp) {
                throw new AssertionError("nothing more came on " + consumer.assignment());
            }
        }
        return seen.removeFirst();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
