package dev.lowgear.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.contract.AgentInventory;
import dev.lowgear.contract.DirectiveMessage;
import dev.lowgear.contract.EngineProjection;
import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.Topics;
import dev.lowgear.core.control.EngineObservation;
import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.gear.Gear;
import dev.lowgear.infrastructure.kafka.KafkaBroker;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * An agent as the scheduler knows it: an inventory, projections of one engine, directives on its
 * own partition, obeyed at once.
 */
final class AgentOnTheWire implements AutoCloseable {
    static final String PROFILE = "llama-2-13b/a100-40gb/tp2";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String agent;
    private final String engine;
    private final String fingerprint;
    private final int shard;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> directives;
    private Gear gear = Gear.DEFAULT;
    private long sequence;

    AgentOnTheWire(String name, int shard, int directivesPartition) {
        this.agent = "agent-" + name;
        this.engine = "engine-" + name;
        this.fingerprint = PROFILE + "@" + name;
        this.shard = shard;
        String servers = KafkaBroker.shared().bootstrapServers();
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", servers, "linger.ms", 0),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        directives =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", servers),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        var own = new TopicPartition(Topics.DIRECTIVES.topic(), directivesPartition);
        directives.assign(List.of(own));
        directives.seekToEnd(List.of(own));
        directives.position(own);
        announce(directivesPartition);
    }

    String engine() {
        return engine;
    }

    String fingerprint() {
        return fingerprint;
    }

    Gear gear() {
        return gear;
    }

    private void announce(int directivesPartition) {
        List<Integer> clocks = new ArrayList<>();
        for (int clock : EngineProfile.parse(PROFILE).gpu().clocks().toArray()) {
            clocks.add(clock);
        }
        var inventory =
                new AgentInventory(
                        1,
                        agent,
                        1,
                        "http://127.0.0.1:1",
                        directivesPartition,
                        List.of(new AgentInventory.Gpu(agent + "-gpu", "a100-40gb", clocks, null)),
                        List.of(
                                new AgentInventory.Engine(
                                        engine,
                                        "llama-2-13b",
                                        PROFILE,
                                        fingerprint,
                                        "simulated",
                                        "ready",
                                        2,
                                        256,
                                        100_000,
                                        16,
                                        512,
                                        4_096,
                                        false,
                                        List.of(agent + "-gpu"))),
                        false);
        send(Topics.AGENTS, null, agent, MessageCodec.encode(inventory));
    }

    /** Says what the engine is doing: eight requests under a policy. */
    void reportBusy(String policy) {
        report(Observations.busy(engine, policy, ++sequence, System.nanoTime(), gear));
    }

    /** Says that nothing runs. */
    void reportIdle() {
        report(Observations.idle(engine, ++sequence, System.nanoTime(), gear));
    }

    private void report(EngineObservation seen) {
        send(
                Topics.PROJECTIONS,
                shard,
                engine,
                MessageCodec.encode(EngineProjection.of(seen, agent, "llama-2-13b", fingerprint)));
    }

    /** Leaves any bytes on a topic. */
    void send(Topics topic, @Nullable Integer partition, String key, byte @Nullable [] value) {
        var _ =
                producer.send(
                        new ProducerRecord<>(
                                topic.topic(),
                                partition,
                                key.getBytes(StandardCharsets.UTF_8),
                                value));
        producer.flush();
    }

    /** Reports again and again until the engine was told such a gear; then obeys. */
    DirectiveMessage.SetGear toldWhile(
            Runnable report, Predicate<DirectiveMessage.SetGear> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            report.run();
            for (DirectiveMessage message : received(Duration.ofMillis(300))) {
                if (message instanceof DirectiveMessage.SetGear set
                        && set.engineId().equals(engine)) {
                    gear = set.gear();
                    if (wanted.test(set)) {
                        return set;
                    }
                }
            }
        }
        throw new AssertionError("engine " + engine + " was not told so within " + PATIENCE);
    }

    /** Reports once, and obeys what comes within a moment. */
    void obeyAfter(Runnable report) {
        report.run();
        for (DirectiveMessage message : received(Duration.ofMillis(200))) {
            if (message instanceof DirectiveMessage.SetGear set && set.engineId().equals(engine)) {
                gear = set.gear();
            }
        }
    }

    /** Reports again and again until the engine's lease was renewed; obeys gears meanwhile. */
    DirectiveMessage.Renewal renewedWhile(Runnable report) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            report.run();
            for (DirectiveMessage message : received(Duration.ofMillis(300))) {
                if (message instanceof DirectiveMessage.SetGear set
                        && set.engineId().equals(engine)) {
                    gear = set.gear();
                }
                if (message instanceof DirectiveMessage.Renewals renewals
                        && renewals.agentId().equals(agent)) {
                    assertThat(renewals.leaseMillis()).isEqualTo(2_000);
                    return renewals.engines().getFirst();
                }
            }
        }
        throw new AssertionError("engine " + engine + " was not renewed within " + PATIENCE);
    }

    private List<DirectiveMessage> received(Duration atMost) {
        List<DirectiveMessage> messages = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : directives.poll(atMost)) {
            messages.add(MessageCodec.decode(record.value(), DirectiveMessage.class));
        }
        return messages;
    }

    /** The newest record of a key on a topic, read from its beginning; waits until it is wanted. */
    static ConsumerRecord<byte[], byte[]> awaitRecord(
            String topic, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
        try (var consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                (Object) KafkaBroker.shared().bootstrapServers()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < deadline) {
                Optional<ConsumerRecord<byte[], byte[]>> found = Optional.empty();
                for (ConsumerRecord<byte[], byte[]> record :
                        consumer.poll(Duration.ofMillis(200))) {
                    if (wanted.test(record)) {
                        found = Optional.of(record);
                    }
                }
                if (found.isPresent()) {
                    return found.get();
                }
            }
        }
        throw new AssertionError("no such record on " + topic + " within " + PATIENCE);
    }

    static boolean hasKey(ConsumerRecord<byte[], byte[]> record, String key) {
        return record.key() != null && new String(record.key(), StandardCharsets.UTF_8).equals(key);
    }

    @Override
    public void close() {
        producer.close();
        directives.close();
    }
}
