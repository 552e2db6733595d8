package dev.lowgear.agent.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.agent.listening.TopicCreator;
import dev.lowgear.contract.AgentInventory;
import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.Topics;
import dev.lowgear.infrastructure.kafka.KafkaBroker;
import dev.lowgear.infrastructure.kafka.KafkaBrokerSettings;
import dev.lowgear.infrastructure.process.LoopbackPorts;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

class RecordPublisherTest {
    private static final int RECORDS = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path folder;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void losesNothingOfWhatIsPublishedBeforeTheBrokerIsThereAndItsTopicsExist() {
        int port = LoopbackPorts.free(1).getFirst();
        Map<String, Object> connection = Map.of("bootstrap.servers", "127.0.0.1:" + port);
        var producers =
                new DefaultKafkaProducerFactory<>(
                        Map.of("bootstrap.servers", "127.0.0.1:" + port, "max.block.ms", 100),
                        new StringSerializer(),
                        new ByteArraySerializer());
        try (var topics = new TopicCreator(connection);
                var publisher =
                        new RecordPublisher(
                                "test", RECORDS, new KafkaTemplate<>(producers), topics, meters)) {
            for (int i = 0; i < RECORDS; i++) {
                publisher.publish(Topics.AGENTS.topic(), "node-" + i % 5, inventory(i));
            }
            var settings = KafkaBrokerSettings.in(folder).withPort(port).quickToStart();
            try (var broker = KafkaBroker.start(settings)) {
                assertThat(incarnations(broker))
                        .containsExactlyInAnyOrderElementsOf(
                                IntStream.range(0, RECORDS).mapToObj(Long::valueOf).toList());
                assertThat(meters.counter("lowgear.publish.failed", "publisher", "test").count())
                        .isZero();
            }
        } finally {
            producers.destroy();
        }
    }

    private static AgentInventory inventory(int incarnation) {
        return new AgentInventory(
                MessageCodec.SCHEMA_VERSION,
                "node",
                incarnation,
                "http://127.0.0.1:1",
                0,
                List.of(),
                List.of(),
                false);
    }

    /**
     * Of what is on the topic, in the order of arrival; all that are expected, or those in time.
     */
    private static List<Long> incarnations(KafkaBroker broker) {
        List<Long> found = new ArrayList<>();
        try (var consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", (Object) broker.bootstrapServers()),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    IntStream.range(0, Topics.PARTITIONS)
                            .mapToObj(each -> new TopicPartition(Topics.AGENTS.topic(), each))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (found.size() < RECORDS && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record ->
                                found.add(
                                        MessageCodec.decode(record.value(), AgentInventory.class)
                                                .incarnation()));
            }
        }
        return found;
    }
}
