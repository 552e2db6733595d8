package dev.lowgear.launcher.endtoend;

import dev.lowgear.contract.DirectiveMessage;
import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.Topics;
import dev.lowgear.launcher.stack.Endpoint;
import dev.lowgear.launcher.stack.StackPlan;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** What schedulers tell agents, overheard from when this was made on; and said again. */
final class Directives implements AutoCloseable {
    private final Map<String, Object> settings;
    private final KafkaConsumer<byte[], byte[]> consumer;

    Directives(StackPlan plan) {
        settings = Map.of("bootstrap.servers", "127.0.0.1:" + plan.ports().of(Endpoint.KAFKA));
        consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var partitions =
                consumer.partitionsFor(Topics.DIRECTIVES.topic()).stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /**
     * A gear that an engine was told.
     *
     * @param epoch of the scheduler that told it
     * @param record as it came
     */
    record Told(long epoch, ConsumerRecord<byte[], byte[]> record) {}

    /** The next gears, if any come soon. */
    List<Told> gears() {
        List<Told> gears = new ArrayList<>();
        for (var record : consumer.poll(Duration.ofMillis(200))) {
            if (MessageCodec.decode(record.value(), DirectiveMessage.class)
                    instanceof DirectiveMessage.SetGear set) {
                gears.add(new Told(set.fence().schedulerEpoch(), record));
            }
        }
        return gears;
    }

    /** The first gear that a scheduler of a higher epoch tells. */
    Told awaitEpochAbove(long epoch) {
        List<Told> found = new ArrayList<>();
        RunningSystem.await(
                "a gear of an epoch above " + epoch,
                RunningSystem.SOON,
                () -> {
                    gears().stream().filter(told -> told.epoch > epoch).forEach(found::add);
                    return !found.isEmpty();
                });
        return found.getFirst();
    }

    /** Says it once more, as whoever said it would. */
    void repeat(Told told) throws ExecutionException, InterruptedException {
        try (var producer =
                new KafkaProducer<>(
                        settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(
                            new ProducerRecord<>(
                                    told.record.topic(),
                                    told.record.partition(),
                                    told.record.key(),
                                    told.record.value()))
                    .get();
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
