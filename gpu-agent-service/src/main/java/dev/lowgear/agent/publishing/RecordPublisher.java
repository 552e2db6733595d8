package dev.lowgear.agent.publishing;

import dev.lowgear.agent.listening.TopicCreator;
import dev.lowgear.contract.MessageCodec;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Publishes records from a thread of its own, from when their topics can be written. The queue is
 * bounded: when the broker is away, records are dropped and counted, and no engine and no token
 * waits.
 */
public final class RecordPublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordPublisher.class);

    private final BlockingQueue<Pending> queue;
    private final KafkaTemplate<String, byte[]> kafka;
    private final TopicCreator topics;
    private final boolean persistent;
    private final Counter dropped;
    private final Counter failed;
    private final Thread thread;
    private volatile boolean closed;

    private record Pending(String topic, @Nullable Integer partition, String key, Object message) {}

    /**
     * Starts publishing.
     *
     * @param persistent whether a record that the producer cannot take in now is offered to it
     *     again until it can; one whose worth is over by then is not
     */
    RecordPublisher(
            String name,
            int capacity,
            boolean persistent,
            KafkaTemplate<String, byte[]> kafka,
            TopicCreator topics,
            MeterRegistry meters) {
        this.kafka = kafka;
        this.topics = topics;
        this.persistent = persistent;
        queue = new ArrayBlockingQueue<>(capacity);
        dropped = counter("lowgear.publish.dropped", name, meters);
        failed = counter("lowgear.publish.failed", name, meters);
        Gauge.builder("lowgear.publish.queued", queue, BlockingQueue::size)
                .tag("publisher", name)
                .register(meters);
        thread = Thread.ofPlatform().name("publish-" + name).daemon().unstarted(this::run);
        thread.start();
    }

    private static Counter counter(String meter, String name, MeterRegistry meters) {
        return Counter.builder(meter).tag("publisher", name).register(meters);
    }

    /** Takes a record to publish; never waits. Dropped and counted if too many are waiting. */
    public void publish(String topic, String key, Object message) {
        if (!queue.offer(new Pending(topic, null, key, message))) {
            dropped.increment();
        }
    }

    private void run() {
        try {
            topics.awaitLeaders();
            while (!closed) {
                send(queue.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(Pending pending) {
        boolean again = true;
        while (again && !closed) {
            again = !isTaken(pending);
        }
    }

    /** Whether the producer has it, or nothing will make it take it. */
    private boolean isTaken(Pending pending) {
        try {
            ProducerRecord<String, byte[]> record =
                    new ProducerRecord<>(
                            pending.topic,
                            pending.partition,
                            pending.key,
                            MessageCodec.encode(pending.message));
            var _ = // its failure is counted where it completes
                    kafka.send(record)
                            .whenComplete((sent, failure) -> {
                                if (failure != null) {
                                    failed(pending, failure);
                                }
                            });
            return true;
        } catch (KafkaException e) {
            // A producer that lost sight of the broker forgets its topics until it has found it.
            if (persistent && e.getCause() instanceof RetriableException) {
                return false;
            }
            failed(pending, e);
            return true;
        } catch (RuntimeException e) {
            failed(pending, e);
            return true;
        }
    }

    private void failed(Pending pending, Throwable failure) {
        failed.increment();
        LOG.debug("not published topic={} key={}", pending.topic, pending.key, failure);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
