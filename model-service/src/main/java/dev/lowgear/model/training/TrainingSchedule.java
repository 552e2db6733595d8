package dev.lowgear.model.training;

import dev.lowgear.model.registry.LastTraining;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Looks for fingerprints that are due and trains them one after the other on a thread of its own,
 * so that neither ingest nor HTTP ever waits for a training.
 */
final class TrainingSchedule implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingSchedule.class);

    private final SampleStore samples;
    private final Training training;
    private final DueRule rule;
    private final Function<String, Optional<LastTraining>> lastTraining;
    private final Consumer<Training.Outcome> report;
    private final InstantSource clock;
    private final ScheduledExecutorService thread;

    /** Trainings that came to nothing leave no version; they too must not be tried too often. */
    private final Map<String, Instant> lastTries = new HashMap<>();

    private boolean failing;

    TrainingSchedule(
            SampleStore samples,
            Training training,
            DueRule rule,
            Function<String, Optional<LastTraining>> lastTraining,
            Consumer<Training.Outcome> report,
            InstantSource clock) {
        this.samples = samples;
        this.training = training;
        this.rule = rule;
        this.lastTraining = lastTraining;
        this.report = report;
        this.clock = clock;
        thread =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("training").factory());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // look() lets nothing escape
    void start(Duration every) {
        thread.scheduleWithFixedDelay(
                this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Trains what is due. */
    void look() {
        try {
            for (Progress progress : samples.progress()) {
                if (isDue(progress)) {
                    tryTraining(progress);
                }
            }
            failing = false;
        } catch (SQLException | RuntimeException e) {
            if (!failing) {
                LOG.warn("training=\"not possible for now\" reason=\"{}\"", e.toString());
            }
            failing = true;
        }
    }

    private boolean isDue(Progress progress) {
        Instant now = clock.instant();
        Instant lastTry = lastTries.get(progress.fingerprint());
        boolean triedLately = lastTry != null && now.isBefore(lastTry.plus(rule.every()));
        return !triedLately
                && rule.isDue(progress, lastTraining.apply(progress.fingerprint()), now);
    }

    private void tryTraining(Progress progress) throws SQLException {
        Optional<Connection> lock = samples.tryLock();
        if (lock.isEmpty()) {
            return;
        }
        lastTries.put(progress.fingerprint(), clock.instant());
        try (Connection held = lock.get()) {
            Training.Outcome outcome = training.run(progress);
            log(progress, outcome);
            report.accept(outcome);
            held.rollback();
        } catch (RuntimeException e) {
            LOG.error("training=failed fingerprint={}", progress.fingerprint(), e);
        }
    }

    private static void log(Progress progress, Training.Outcome outcome) {
        switch (outcome) {
            case Training.Outcome.Trained trained ->
                    LOG.info(
                            "training=done fingerprint={} version={} state={} millis={} why=\"{}\"",
                            progress.fingerprint(),
                            trained.version(),
                            trained.state(),
                            trained.trained().took().toMillis(),
                            trained.trained().verdict().reason());
            case Training.Outcome.NotTrained nothing ->
                    LOG.info(
                            "training=none fingerprint={} reason=\"{}\"",
                            progress.fingerprint(),
                            nothing.reason());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
