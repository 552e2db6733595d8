package dev.lowgear.scheduler.broker;

import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Creates the topics, then starts what reads and writes them, on a thread of its own and as often
 * as it takes: a broker that is away when the scheduler starts is waited for, and whoever starts a
 * stream binding without one is held for minutes.
 */
public final class BrokerStart implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerStart.class);

    private final List<Step> steps;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("broker-start").daemon().factory());
    private volatile boolean done;

    /** Something that needs the broker; made again when it, or a later one, failed. */
    public interface Step {
        /** Throws while the broker is away. */
        void make();
    }

    /**
     * A start that is still to be begun.
     *
     * @param steps in this order
     */
    BrokerStart(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /** Begins; every failure is followed by another attempt. */
    @SuppressWarnings("FutureReturnValueIgnored") // attempt() lets nothing escape
    void begin(Duration retryEvery) {
        thread.scheduleWithFixedDelay(
                this::attempt, 0, retryEvery.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether everything was started. */
    boolean isDone() {
        return done;
    }

    private void attempt() {
        try {
            steps.forEach(Step::make);
            done = true;
            LOG.info("broker=found");
            thread.shutdown();
        } catch (KafkaException | IllegalStateException e) {
            LOG.warn("broker=awaited reason=\"{}\"", rootOf(e).toString());
        } catch (RuntimeException e) {
            LOG.error("broker=awaited", e);
        }
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
