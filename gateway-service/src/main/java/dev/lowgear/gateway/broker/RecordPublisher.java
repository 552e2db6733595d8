package dev.lowgear.gateway.broker;

import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.RequestEvent;
import dev.lowgear.contract.Topics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Publishes from a thread of its own, from when the topics can be written. The queue is bounded:
 * while the broker is away records are dropped and counted, and no request waits.
 */
class RecordPublisher implements Consumer<RequestEvent>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordPublisher.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);
    private static final long LISTEN_MILLIS = 200;

    private final BlockingQueue<Supplier<ProducerRecord<String, byte[]>>> queue;
    private final KafkaTemplate<String, byte[]> kafka;
    private final Counter dropped;
    private final Counter failed;
    private final Counter deadLetters;
    private final CountDownLatch writable = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean closing;

    RecordPublisher(int capacity, KafkaTemplate<String, byte[]> kafka, MeterRegistry meters) {
        queue = new ArrayBlockingQueue<>(capacity);
        this.kafka = kafka;
        dropped = meters.counter("lowgear.gateway.events.dropped");
        failed = meters.counter("lowgear.gateway.events.failed");
        deadLetters = meters.counter("lowgear.gateway.dead.letters");
        Gauge.builder("lowgear.gateway.events.queued", queue, BlockingQueue::size).register(meters);
        thread = Thread.ofPlatform().name("request-events").daemon().start(this::run);
    }

    /** Takes an event to publish; never waits. */
    @Override
    public void accept(RequestEvent event) {
        offer(() ->
                new ProducerRecord<>(
                        Topics.REQUESTS.topic(), event.requestId(), MessageCodec.encode(event)));
    }

    /** Puts a record that nobody can read where somebody will look, with the reason. */
    void deadLetter(ConsumerRecord<String, byte[]> unreadable, String reason) {
        String origin =
                unreadable.topic() + "-" + unreadable.partition() + "@" + unreadable.offset();
        LOG.warn("unreadable record={} reason={}", origin, reason);
        deadLetters.increment();
        offer(() -> letter(unreadable, reason, origin));
    }

    private static ProducerRecord<String, byte[]> letter(
            ConsumerRecord<String, byte[]> unreadable, String reason, String origin) {
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(
                        Topics.deadLetterTopic(unreadable.topic()),
                        unreadable.key(),
                        unreadable.value());
        letter.headers()
                .add(Topics.DeadLetterHeaders.REASON, reason.getBytes(StandardCharsets.UTF_8))
                .add(Topics.DeadLetterHeaders.ORIGIN, origin.getBytes(StandardCharsets.UTF_8));
        return letter;
    }

    private void offer(Supplier<ProducerRecord<String, byte[]>> record) {
        if (closing || !queue.offer(record)) {
            dropped.increment();
        }
    }

    /** From now on the topics' leaders take records. */
    void topicsAreWritable() {
        writable.countDown();
    }

    private void run() {
        try {
            while (!writable.await(LISTEN_MILLIS, TimeUnit.MILLISECONDS)) {
                if (closing) {
                    return;
                }
            }
            while (!closing || !queue.isEmpty()) {
                Supplier<ProducerRecord<String, byte[]>> next =
                        queue.poll(LISTEN_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    send(next);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(Supplier<ProducerRecord<String, byte[]>> next) {
        boolean again = true;
        while (again && !Thread.currentThread().isInterrupted()) {
            again = !isTaken(next);
        }
    }

    /** Whether the producer has it, or nothing will make it take it. */
    private boolean isTaken(Supplier<ProducerRecord<String, byte[]>> next) {
        try {
            var _ = // its failure is counted where it completes
                    kafka.send(next.get())
                            .whenComplete((sent, failure) -> {
                                if (failure != null) {
                                    failed(failure);
                                }
                            });
            return true;
        } catch (KafkaException e) {
            // A producer that lost sight of the broker forgets its topics until it has found it.
            if (!closing && e.getCause() instanceof RetriableException) {
                return false;
            }
            failed(e);
            return true;
        } catch (RuntimeException e) {
            failed(e);
            return true;
        }
    }

    private void failed(@Nullable Throwable failure) {
        failed.increment();
        LOG.debug("not published", failure);
    }

    /** Publishes what is queued, if the broker takes it soon. */
    @Override
    public void close() {
        closing = true;
        try {
            if (thread.join(LAST_WORDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}
