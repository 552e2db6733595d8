package dev.lowgear.model.broker;

import dev.lowgear.contract.Topics;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Puts what cannot be read where people can look at it, before the offset moves on. After a failure
 * the batch comes again and so do its dead letters: at least once.
 */
public final class DeadLetterPublisher {
    private static final int LONGEST_REASON = 500;

    private final KafkaTemplate<byte[], byte[]> kafka;
    private final Duration patience;

    /**
     * A publisher.
     *
     * @param patience how long the broker may take to acknowledge
     */
    DeadLetterPublisher(KafkaTemplate<byte[], byte[]> kafka, Duration patience) {
        this.kafka = kafka;
        this.patience = patience;
    }

    /**
     * Publishes them and waits until the broker has them.
     *
     * @throws KafkaException if it does not
     */
    public void publish(List<DeadLetter> letters) {
        List<CompletableFuture<?>> sent = new ArrayList<>(letters.size());
        for (DeadLetter letter : letters) {
            sent.add(kafka.send(record(letter, letter.record().value(), letter.reason())));
        }
        for (int i = 0; i < sent.size(); i++) {
            try {
                await(sent.get(i));
            } catch (ExecutionException e) {
                retryWithoutValue(letters.get(i), e);
            }
        }
    }

    /** A record that just fitted its topic may not fit with our headers added. */
    private void retryWithoutValue(DeadLetter letter, ExecutionException failure) {
        byte[] value = letter.record().value();
        if (value == null || !isTooLarge(failure)) {
            throw refused(letter, failure);
        }
        String reason = letter.reason() + "; its " + value.length + " bytes are left out";
        try {
            await(kafka.send(record(letter, null, reason)));
        } catch (ExecutionException e) {
            throw refused(letter, e);
        }
    }

    private void await(CompletableFuture<?> sending) throws ExecutionException {
        try {
            sending.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new KafkaException("no acknowledgement of a dead letter in " + patience, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("stopped while publishing a dead letter", e);
        }
    }

    private static boolean isTooLarge(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RecordTooLargeException) {
                return true;
            }
        }
        return false;
    }

    private static KafkaException refused(DeadLetter letter, ExecutionException e) {
        return new KafkaException("dead letter of " + letter.origin() + " was not taken", e);
    }

    private static ProducerRecord<byte[], byte[]> record(
            DeadLetter letter, byte @Nullable [] value, String reason) {
        var record =
                new ProducerRecord<byte[], byte[]>(
                        Topics.deadLetterTopic(letter.topic()), letter.record().key(), value);
        String bounded = reason.substring(0, Math.min(LONGEST_REASON, reason.length()));
        record.headers()
                .add(Topics.DeadLetterHeaders.REASON, bounded.getBytes(StandardCharsets.UTF_8))
                .add(
                        Topics.DeadLetterHeaders.ORIGIN,
                        letter.origin().getBytes(StandardCharsets.UTF_8));
        return record;
    }
}
