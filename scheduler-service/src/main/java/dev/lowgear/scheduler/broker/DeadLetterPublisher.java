package dev.lowgear.scheduler.broker;

import dev.lowgear.contract.Topics;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Puts what cannot be read where people can look at it. It does not wait for the broker: a poison
 * record must not hold up the engines that share its partition.
 */
public final class DeadLetterPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterPublisher.class);
    private static final int LONGEST_REASON = 500;

    private final KafkaTemplate<byte[], byte[]> kafka;
    private final AtomicLong published = new AtomicLong();

    DeadLetterPublisher(KafkaTemplate<byte[], byte[]> kafka) {
        this.kafka = kafka;
    }

    /** Sends one to the dead-letter topic of its own. */
    public void publish(UnreadableRecord unreadable) {
        published.incrementAndGet();
        LOG.warn("dead-letter={} reason=\"{}\"", unreadable.origin(), unreadable.reason());
        String reason = unreadable.reason();
        var record =
                new ProducerRecord<byte[], byte[]>(
                        Topics.deadLetterTopic(unreadable.topic()),
                        unreadable.key(),
                        unreadable.value());
        record.headers()
                .add(
                        Topics.DeadLetterHeaders.REASON,
                        reason.substring(0, Math.min(LONGEST_REASON, reason.length()))
                                .getBytes(StandardCharsets.UTF_8))
                .add(
                        Topics.DeadLetterHeaders.ORIGIN,
                        unreadable.origin().getBytes(StandardCharsets.UTF_8));
        try {
            var _ =
                    kafka.send(record)
                            .whenComplete((_, failure) -> {
                                if (failure != null) {
                                    notTaken(unreadable, failure);
                                }
                            });
        } catch (KafkaException e) {
            notTaken(unreadable, e);
        }
    }

    private static void notTaken(UnreadableRecord unreadable, Throwable failure) {
        LOG.error("dead-letter={} not taken by the broker", unreadable.origin(), failure);
    }

    /** How many there were since the start. */
    public long published() {
        return published.get();
    }
}
