package dev.lowgear.model;

import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.Topics;
import dev.lowgear.infrastructure.kafka.Broker;
import dev.lowgear.infrastructure.kafka.KafkaBroker;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Sends to a broker; everything is acknowledged once it is closed. */
final class TestProducer implements AutoCloseable {
    private final KafkaProducer<String, byte[]> producer;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();

    TestProducer() {
        this(KafkaBroker.shared());
    }

    TestProducer(Broker broker) {
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new StringSerializer(),
                        new ByteArraySerializer());
    }

    void send(Topics topic, String key, Object message) {
        send(topic, key, MessageCodec.encode(message));
    }

    void send(Topics topic, String key, String text) {
        send(topic, key, text.getBytes(StandardCharsets.UTF_8));
    }

    private void send(Topics topic, String key, byte[] value) {
        sent.add(producer.send(new ProducerRecord<>(topic.topic(), key, value)));
    }

    @Override
    public void close() {
        producer.close();
        for (Future<RecordMetadata> acknowledgement : sent) {
            try {
                acknowledgement.get();
            } catch (ExecutionException e) {
                throw new AssertionError("a test record was not taken", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }
}
