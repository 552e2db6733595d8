package dev.lowgear.agent.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import org.apache.kafka.common.errors.TimeoutException;
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
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

class RecordPublisherTest {
    private static final int RECORDS = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path folder;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void losesNothingBeforeTheBrokerIsThereNorWhileItIsAway() throws Exception {
        int port = LoopbackPorts.free(1).getFirst();
        Map<String, Object> connection = Map.of("bootstrap.servers", "127.0.0.1:" + port);
        var producers =
                new DefaultKafkaProducerFactory<>(
                        Map.of("bootstrap.servers", "127.0.0.1:" + port, "max.block.ms", 100),
                        new StringSerializer(),
                        new ByteArraySerializer());
        var kafka = new KafkaTemplate<>(producers);
        var settings = KafkaBrokerSettings.in(folder).withPort(port).quickToStart();
        try (var topics = new TopicCreator(connection);
                var publisher = new RecordPublisher("test", RECORDS, true, kafka, topics, meters)) {
            publish(publisher, 0);
            try (var broker = KafkaBroker.start(settings)) {
                assertThat(incarnations(broker, RECORDS)).containsExactlyInAnyOrder(upTo(RECORDS));
                ProcessHandle.of(broker.process().pid()).orElseThrow().destroyForcibly();
                broker.process().onExit().get(10, TimeUnit.SECONDS);
            }
            await().atMost(PATIENCE).until(() -> hasForgottenItsTopics(kafka));
            publish(publisher, RECORDS);
            try (var broker = KafkaBroker.start(settings)) {
                assertThat(incarnations(broker, 2 * RECORDS))
                        .containsExactlyInAnyOrder(upTo(2 * RECORDS));
            }
            assertThat(meters.counter("lowgear.publish.failed", "publisher", "test").count())
                    .isZero();
        } finally {
            producers.destroy();
        }
    }

    private static boolean hasForgottenItsTopics(KafkaTemplate<String, byte[]> kafka) {
        try {
            kafka.partitionsFor(Topics.AGENTS.topic());
            return false;
        } catch (TimeoutException e) {
            return true;
        }
    }

    private static void publish(RecordPublisher publisher, int from) {
        for (int i = from; i < from + RECORDS; i++) {
            publisher.publish(Topics.AGENTS.topic(), "node-" + i % 5, inventory(i));
        }
    }

    private static Long[] upTo(int end) {
        return IntStream.range(0, end).mapToObj(Long::valueOf).toArray(Long[]::new);
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
    private static List<Long> incarnations(KafkaBroker broker, int expected) {
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
            while (found.size() < expected && System.nanoTime() < deadline) {
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
