package dev.lowgear.model.broker;

import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Creates topics and then starts the stream bindings, on a thread of its own and as often as it
 * takes: a binding whose broker is away holds whoever starts it for minutes.
 */
final class StreamStart implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamStart.class);

    private final Runnable createTopics;
    private final Runnable startBindings;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("stream-start").factory());

    /**
     * A start that is still to be begun.
     *
     * @param createTopics throws a {@link KafkaException} while the broker is away
     */
    StreamStart(Runnable createTopics, Runnable startBindings) {
        this.createTopics = createTopics;
        this.startBindings = startBindings;
    }

    /** Begins; every failure is followed by another attempt. */
    @SuppressWarnings("FutureReturnValueIgnored") // attempt() lets nothing escape
    void begin(Duration retryEvery) {
        thread.scheduleWithFixedDelay(
                this::attempt, 0, retryEvery.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void attempt() {
        try {
            createTopics.run();
            startBindings.run();
            LOG.info("streams=started");
            thread.shutdown();
        } catch (KafkaException e) {
            LOG.warn("streams=pending reason=\"{}\"", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("streams=pending", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
