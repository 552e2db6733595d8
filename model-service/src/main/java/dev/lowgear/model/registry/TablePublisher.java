package dev.lowgear.model.registry;

import dev.lowgear.contract.Topics;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Tells the topic what is in force: after each change, again until the broker took it, and once
 * after every start, in case the broker lost what the database kept.
 */
public class TablePublisher {
    private static final Logger LOG = LoggerFactory.getLogger(TablePublisher.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TablePublications publications;
    private final ModelArtifacts artifacts;
    private final KafkaTemplate<byte[], byte[]> kafka;
    private final TransactionOperations transactions;

    TablePublisher(
            TablePublications publications,
            ModelArtifacts artifacts,
            KafkaTemplate<byte[], byte[]> kafka,
            TransactionOperations transactions) {
        this.publications = publications;
        this.artifacts = artifacts;
        this.kafka = kafka;
        this.transactions = transactions;
    }

    @EventListener(ApplicationReadyEvent.class)
    void publishAnew() {
        try {
            transactions.executeWithoutResult(status -> publications.markAllPending());
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("tables=\"not published anew\" reason=\"{}\"", e.getMessage());
        }
    }

    /** Publishes what is pending; what the broker does not take stays pending. */
    @Scheduled(fixedDelayString = "${lowgear.model.registry.publish-every}")
    public void publish() {
        try {
            transactions.executeWithoutResult(
                    status -> publications.lockPending().forEach(this::publish));
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("tables=pending reason=\"{}\"", e.getMessage());
        }
    }

    private void publish(TablePublication wanted) {
        Integer version = wanted.version();
        byte[] value =
                version == null ? null : artifacts.findById(version).orElseThrow().tableMessage();
        byte[] key = wanted.fingerprint().getBytes(StandardCharsets.UTF_8);
        try {
            kafka.send(new ProducerRecord<>(Topics.Names.PERFORMANCE_TABLES, key, value))
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            wanted.published();
            publications.save(wanted);
            LOG.info(
                    "table={} fingerprint={} version={} bytes={}",
                    value == null ? "withdrawn" : "published",
                    wanted.fingerprint(),
                    version,
                    value == null ? 0 : value.length);
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.warn(
                    "table=pending fingerprint={} version={} reason=\"{}\"",
                    wanted.fingerprint(),
                    version,
                    e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
