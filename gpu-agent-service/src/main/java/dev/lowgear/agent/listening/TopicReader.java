package dev.lowgear.agent.listening;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reads given partitions of one topic on a thread of its own: no consumer group, no rebalance in
 * the way. A broker that is away, or a topic that does not exist yet, is waited for.
 */
public final class TopicReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** Where reading begins. */
    public enum From {
        /** What was ever kept: compacted topics. */
        BEGINNING,
        /** What comes from now on: directives, whose leases have long run out. */
        END
    }

    private final Map<String, Object> settings;
    private final List<TopicPartition> partitions;
    private final From from;
    private final Consumer<ConsumerRecord<String, byte[]>> receiver;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Starts reading.
     *
     * @param settings connection settings of a consumer
     * @param receiver gets each record, on the reader's thread; must not throw
     */
    public TopicReader(
            String name,
            Map<String, Object> settings,
            List<TopicPartition> partitions,
            From from,
            Consumer<ConsumerRecord<String, byte[]>> receiver) {
        this.settings = settings;
        this.partitions = List.copyOf(partitions);
        this.from = from;
        this.receiver = receiver;
        thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
        thread.start();
    }

    private void run() {
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", from == From.BEGINNING ? "earliest" : "latest");
        settings.put("fetch.max.wait.ms", 100);
        try {
            do {
                readUntilItFails();
            } while (!closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException | InterruptException e) {
            LOG.debug("reader stops topic={}", partitions.getFirst().topic(), e);
        }
    }

    /**
     * What fails here is the connection; without it engines run in the default gear, so it is made
     * anew.
     */
    private void readUntilItFails() {
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            switch (from) {
                case BEGINNING -> consumer.seekToBeginning(partitions);
                case END -> consumer.seekToEnd(partitions);
            }
            while (closed.getCount() > 0) {
                consumer.poll(POLL).forEach(receiver);
            }
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.error("reading anew topic={}", partitions.getFirst().topic(), e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
