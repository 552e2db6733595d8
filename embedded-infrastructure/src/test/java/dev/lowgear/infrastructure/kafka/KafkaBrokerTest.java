package dev.lowgear.infrastructure.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.infrastructure.Signals;
import dev.lowgear.infrastructure.process.ChildProcessException;
import dev.lowgear.infrastructure.process.LoopbackPorts;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

class KafkaBrokerTest {
    @TempDir Path folder;

    @Test
    void keepsItsRecordsOverARestartAndAKill() throws Exception {
        var settings = KafkaBrokerSettings.in(folder).quickToStart();
        int port;
        try (var broker = KafkaBroker.start(settings)) {
            port = broker.port();
            create(broker, "kept");
            send(broker, "kept", "first");
            ProcessHandle.of(broker.process().pid()).orElseThrow().destroyForcibly();
            broker.process().onExit().get(10, TimeUnit.SECONDS);
        }
        try (var broker = KafkaBroker.start(settings.withPort(port))) {
            assertThat(broker.port()).isEqualTo(port);
            send(broker, "kept", "second");
            assertThat(read(broker, "kept", 2)).containsExactly("first", "second");
        }
        assertThat(LoopbackPorts.answers(port)).isFalse();
    }

    @Test
    void isKnownToBeStoppedAlthoughItsPortTakesConnections() throws Exception {
        try (var broker = KafkaBroker.start(KafkaBrokerSettings.in(folder).quickToStart())) {
            assertThat(broker.answers()).isTrue();
            Signals.stop(broker.process().pid());
            assertThat(LoopbackPorts.answers(broker.port())).isTrue();
            assertThat(broker.answers()).isFalse();
            Signals.resume(broker.process().pid());
        }
    }

    @Test
    void createsNoTopicByItself() {
        var broker = KafkaBroker.shared();
        try (var admin = admin(broker)) {
            assertThatThrownBy(() ->
                            admin.describeTopics(List.of("nobody-made-me")).allTopicNames().get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
        assertThatThrownBy(() -> send(broker, "nobody-made-me", "lost"))
                .isInstanceOf(ExecutionException.class);
    }

    @Test
    void saysWhyItDoesNotStartWhenItsPortIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var settings =
                    KafkaBrokerSettings.in(folder).quickToStart().withPort(taken.getLocalPort());
            assertThatThrownBy(() -> KafkaBroker.start(settings))
                    .isInstanceOf(ChildProcessException.class)
                    .hasMessageContaining("in use");
        }
    }

    private static Admin admin(Broker broker) {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private static void create(Broker broker, String topic) throws Exception {
        try (var admin = admin(broker)) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    private static void send(Broker broker, String topic, String value) throws Exception {
        Map<String, Object> configuration =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "max.block.ms", "2000");
        try (var producer =
                new KafkaProducer<>(
                        configuration, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        }
    }

    private static List<String> read(Broker broker, String topic, int count) {
        Map<String, Object> configuration = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (var consumer =
                new KafkaConsumer<>(
                        configuration, new StringDeserializer(), new StringDeserializer())) {
            var partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var values = new ArrayList<String>();
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (values.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }
}
