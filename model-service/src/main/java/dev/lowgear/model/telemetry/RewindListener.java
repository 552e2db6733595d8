package dev.lowgear.model.telemetry;

import io.micrometer.core.instrument.MeterRegistry;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.stream.binder.kafka.KafkaBindingRebalanceListener;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Takes a consumer to where the database is: when partitions are assigned, and after a batch that
 * was not stored. The offsets that Kafka keeps for the group decide nothing.
 */
final class RewindListener implements KafkaBindingRebalanceListener, CommonErrorHandler {
    private static final Logger LOG = LoggerFactory.getLogger(RewindListener.class);

    private final Positions positions;
    private final TelemetryStore store;
    private final Set<String> bindings;
    private final Duration retryAfter;
    private final MeterRegistry meters;

    /**
     * A listener to some bindings.
     *
     * @param bindings bindings whose records are stored
     * @param retryAfter pause after a batch the database did not take
     */
    RewindListener(
            Positions positions,
            TelemetryStore store,
            Set<String> bindings,
            Duration retryAfter,
            MeterRegistry meters) {
        this.positions = positions;
        this.store = store;
        this.bindings = Set.copyOf(bindings);
        this.retryAfter = retryAfter;
        this.meters = meters;
    }

    @Override
    public void onPartitionsAssigned(
            String binding,
            Consumer<?, ?> consumer,
            Collection<TopicPartition> partitions,
            boolean initial) {
        if (bindings.contains(binding)) {
            rewind(consumer, partitions);
        }
    }

    @Override
    public void onPartitionsRevokedBeforeCommit(
            String binding, Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        forget(partitions);
    }

    /** Nothing is committed for a batch that was not stored. */
    @Override
    public boolean isAckAfterHandle() {
        return false;
    }

    @Override
    public boolean seeksAfterHandling() {
        return true;
    }

    @Override
    public void handleBatch(
            Exception thrown,
            ConsumerRecords<?, ?> records,
            Consumer<?, ?> consumer,
            MessageListenerContainer container,
            Runnable invokeListener) {
        RuntimeException cause = reason(thrown);
        switch (cause) {
            case UnknownPositionException unknown -> LOG.info("rewind=\"{}\"", reasonOf(unknown));
            case FencedException fenced -> {
                meters.counter("lowgear.ingest.fenced").increment();
                LOG.warn("rewind=\"{}\"", reasonOf(fenced));
            }
            default -> {
                meters.counter("lowgear.ingest.failures").increment();
                LOG.warn("rewind=\"{}\" retryAfter={}", reasonOf(cause), retryAfter);
                pause(container);
            }
        }
        forget(records.partitions());
        if (!rewind(consumer, records.partitions())) {
            for (TopicPartition partition : records.partitions()) {
                consumer.seek(partition, records.records(partition).getFirst().offset());
            }
            pause(container);
        }
    }

    private void pause(MessageListenerContainer container) {
        try {
            ListenerUtils.stoppableSleep(container, retryAfter.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forget(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            positions.forget(partition.topic(), partition.partition());
        }
    }

    /** Whether the database could be asked. */
    private boolean rewind(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        try {
            Map<String, Map<Integer, Long>> stored = new TreeMap<>();
            for (TopicPartition partition : partitions) {
                if (!stored.containsKey(partition.topic())) {
                    stored.put(partition.topic(), store.offsets(partition.topic()));
                }
            }
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            for (TopicPartition partition : partitions) {
                long next =
                        stored.getOrDefault(partition.topic(), Map.of())
                                .getOrDefault(partition.partition(), 0L);
                seek(consumer, partition, next, ends.getOrDefault(partition, next));
            }
            return true;
        } catch (SQLException e) {
            LOG.warn("positions=unknown partitions={} reason=\"{}\"", partitions, reasonOf(e));
            return false;
        }
    }

    private void seek(Consumer<?, ?> consumer, TopicPartition partition, long next, long end) {
        Position position = Position.at(next);
        if (next > end) {
            LOG.warn("topic=anew partition={} stored={} end={}", partition, next, end);
            position = new Position(next, 0);
        }
        if (position.from() == 0) {
            consumer.seekToBeginning(Set.of(partition));
        } else {
            consumer.seek(partition, position.from());
        }
        positions.set(partition.topic(), partition.partition(), position);
    }

    private static RuntimeException reason(Exception thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownPositionException
                    || cause instanceof FencedException
                    || cause instanceof TelemetryNotStoredException) {
                return (RuntimeException) cause;
            }
        }
        return thrown instanceof RuntimeException runtime
                ? runtime
                : new IllegalStateException(thrown);
    }

    private static String reasonOf(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
    }
}
