package dev.lowgear.scheduler.slo;

import dev.lowgear.contract.Topics;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Empties the outbox into the compacted topic: at least once, in the order of the changes, one
 * scheduler at a time. At the start every policy is announced again, so that a broker that lost its
 * data learns them from the database.
 */
class SloPolicyPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(SloPolicyPublisher.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SloPolicyStore store;
    private final KafkaTemplate<byte[], byte[]> kafka;
    private boolean toldAll;
    private @Nullable String trouble;

    SloPolicyPublisher(SloPolicyStore store, KafkaTemplate<byte[], byte[]> kafka) {
        this.store = store;
        this.kafka = kafka;
    }

    @Scheduled(fixedDelayString = "${lowgear.scheduler.outbox-every}")
    void publish() {
        try {
            if (!toldAll) {
                store.announceAgain();
                toldAll = true;
            }
            int announced = store.announce(this::send);
            if (announced > 0) {
                LOG.info("policies-announced={}", announced);
            }
            trouble = null;
        } catch (DataAccessException | TransactionException | KafkaException e) {
            // Said once per kind of trouble; the outbox keeps everything until it is over.
            if (!e.getClass().getName().equals(trouble)) {
                LOG.warn("policies wait in the outbox: {}", e.toString());
            }
            trouble = e.getClass().getName();
        }
    }

    private void send(List<PolicyChange> changes) {
        List<CompletableFuture<SendResult<byte[], byte[]>>> sent = new ArrayList<>();
        for (PolicyChange change : changes) {
            String document = change.document();
            sent.add(
                    kafka.send(
                            new ProducerRecord<>(
                                    Topics.SLO_POLICIES.topic(),
                                    change.name().getBytes(StandardCharsets.UTF_8),
                                    document == null
                                            ? null
                                            : document.getBytes(StandardCharsets.UTF_8))));
        }
        sent.forEach(SloPolicyPublisher::await);
    }

    private static void await(CompletableFuture<SendResult<byte[], byte[]>> sending) {
        try {
            sending.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("a policy was not acknowledged", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("stopped while announcing policies", e);
        }
    }
}
