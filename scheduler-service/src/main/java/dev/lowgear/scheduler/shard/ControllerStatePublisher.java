package dev.lowgear.scheduler.shard;

import dev.lowgear.contract.ControllerStateMessage;
import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.Topics;
import dev.lowgear.core.control.EngineView;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Leaves what a successor needs: that a shard was taken, again and again until the broker has it,
 * and the slow state of engines. On a thread of its own, because the broker may take its time.
 */
public final class ControllerStatePublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControllerStatePublisher.class);
    private static final Duration RETRY_AFTER = Duration.ofMillis(250);

    private final KafkaTemplate<byte[], byte[]> kafka;
    private final Shards shards;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("controller-state").daemon().factory());

    ControllerStatePublisher(KafkaTemplate<byte[], byte[]> kafka, Shards shards) {
        this.kafka = kafka;
        this.shards = shards;
    }

    /** Says that a shard was taken under a name, for as long as it is held under that name. */
    void took(int shard, String name) {
        submit(() -> sendTook(shard, name));
    }

    private void sendTook(int shard, String name) {
        if (!shards.isHeld(shard, name)) {
            return;
        }
        var took = new ControllerStateMessage.Took(MessageCodec.SCHEMA_VERSION, shard, name);
        try {
            var _ =
                    kafka.send(record(shard, "took-" + shard, took))
                            .whenComplete((_, failure) -> {
                                if (failure != null) {
                                    retry(shard, name, failure);
                                }
                            });
        } catch (KafkaException e) {
            retry(shard, name, e);
        }
    }

    private void retry(int shard, String name, Throwable failure) {
        LOG.warn("shard={} could not be taken yet: {}", shard, failure.toString());
        try {
            var _ =
                    thread.schedule(
                            () -> sendTook(shard, name),
                            RETRY_AFTER.toMillis(),
                            TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("stopped while taking shard {}", shard);
        }
    }

    /** Leaves the slow state of these engines. */
    public void save(List<EngineView> engines) {
        if (!engines.isEmpty()) {
            submit(() -> engines.forEach(this::send));
        }
    }

    private void send(EngineView view) {
        var state =
                new ControllerStateMessage.EngineState(
                        MessageCodec.SCHEMA_VERSION,
                        view.engine().id().value(),
                        view.answered().input().observation().load().trim(),
                        view.answered().decision().next().exploration().steps(),
                        view.answered().decision().next().tallies().stream()
                                .map(ControllerStateMessage.Servo::of)
                                .toList());
        try {
            var _ =
                    kafka.send(record(view.shard(), view.engine().id().value(), state))
                            .whenComplete((_, failure) -> {
                                if (failure != null) {
                                    notSaved(view, failure);
                                }
                            });
        } catch (KafkaException e) {
            notSaved(view, e);
        }
    }

    private static void notSaved(EngineView view, Throwable failure) {
        LOG.warn("engine={} state not saved: {}", view.engine().id(), failure.toString());
    }

    private void submit(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("stopped while publishing controller state");
        }
    }

    private static ProducerRecord<byte[], byte[]> record(
            int shard, String key, ControllerStateMessage message) {
        return new ProducerRecord<>(
                Topics.CONTROLLER_STATE.topic(),
                shard,
                key.getBytes(StandardCharsets.UTF_8),
                MessageCodec.encode(message));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
