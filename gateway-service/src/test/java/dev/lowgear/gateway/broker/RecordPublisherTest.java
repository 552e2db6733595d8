package dev.lowgear.gateway.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.RequestEvent;
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
    private static final int EVENTS = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path folder;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void losesNothingOfWhatHappenedBeforeTheBrokerWasThereAndItsTopicsExisted() {
        int port = LoopbackPorts.free(1).getFirst();
        Map<String, Object> connection = Map.of("bootstrap.servers", "127.0.0.1:" + port);
        var producers =
                new DefaultKafkaProducerFactory<>(
                        Map.of("bootstrap.servers", "127.0.0.1:" + port, "max.block.ms", 100),
                        new StringSerializer(),
                        new ByteArraySerializer());
        try (var publisher = new RecordPublisher(EVENTS, new KafkaTemplate<>(producers), meters);
                var topics = new TopicsListener(connection, connection, List.of(), publisher)) {
            topics.start();
            for (int i = 0; i < EVENTS; i++) {
                publisher.accept(event("request-" + i));
            }
            var settings = KafkaBrokerSettings.in(folder).withPort(port).quickToStart();
            try (var broker = KafkaBroker.start(settings)) {
                assertThat(published(broker))
                        .containsExactlyInAnyOrderElementsOf(
                                IntStream.range(0, EVENTS).mapToObj(i -> "request-" + i).toList());
                assertThat(meters.counter("lowgear.gateway.events.failed").count()).isZero();
            }
        } finally {
            producers.destroy();
        }
    }

    private static RequestEvent event(String id) {
        return new RequestEvent.Received(
                MessageCodec.SCHEMA_VERSION, id, "model", 1, null, "default", null, null);
    }

    /** Ids on the topic: all that are expected, or those that came in time. */
    private static List<String> published(KafkaBroker broker) {
        List<String> found = new ArrayList<>();
        try (var consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", (Object) broker.bootstrapServers()),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    IntStream.range(0, Topics.PARTITIONS)
                            .mapToObj(each -> new TopicPartition(Topics.REQUESTS.topic(), each))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (found.size() < EVENTS && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> found.add(record.key()));
            }
        }
        return found;
    }
}
