package dev.lowgear.model.telemetry;

import dev.lowgear.model.broker.DeadLetter;
import dev.lowgear.model.broker.DeadLetterPublisher;
import dev.lowgear.model.broker.Received;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.util.List;

/**
 * Stores what the stream functions receive. What it throws makes {@link RewindListener} take the
 * consumer back to where the database is.
 */
final class IngestListener {
    private static final Logger LOG = LoggerFactory.getLogger(IngestListener.class);

    private final BatchReader reader;
    private final DeadLetterPublisher deadLetters;
    private final TelemetryStore store;
    private final Positions positions;
    private final MeterRegistry meters;

    IngestListener(
            BatchReader reader,
            DeadLetterPublisher deadLetters,
            TelemetryStore store,
            Positions positions,
            MeterRegistry meters) {
        this.reader = reader;
        this.deadLetters = deadLetters;
        this.store = store;
        this.positions = positions;
        this.meters = meters;
    }

    /**
     * Stores one poll.
     *
     * @throws FencedException if another consumer took one of its partitions
     * @throws UnknownPositionException if the database must be asked for a position first
     * @throws TelemetryNotStoredException if the database did not take it
     */
    void receive(Feed<?> feed, List<Received> records) {
        Timer.Sample timer = Timer.start(meters);
        Batch batch = reader.read(feed, records);
        deadLetters.publish(batch.deadLetters());
        try {
            store.append(batch);
        } catch (SQLException e) {
            throw new TelemetryNotStoredException(feed.topic().topic(), e);
        }
        String topic = feed.topic().topic();
        for (Batch.Advance advance : batch.advances()) {
            positions.set(topic, advance.partition(), Position.at(advance.next()));
        }
        timer.stop(meters.timer("lowgear.ingest.batch", "topic", topic));
        report(topic, batch);
    }

    private void report(String topic, Batch batch) {
        meters.counter("lowgear.ingest.rows", "topic", topic).increment(batch.rows());
        meters.counter("lowgear.ingest.duplicates", "topic", topic).increment(batch.duplicates());
        meters.counter("lowgear.ingest.dead.letters", "topic", topic)
                .increment(batch.deadLetters().size());
        DistributionSummary.builder("lowgear.ingest.batch.rows")
                .tag("topic", topic)
                .register(meters)
                .record(batch.rows());
        if (!batch.deadLetters().isEmpty()) {
            DeadLetter first = batch.deadLetters().getFirst();
            LOG.warn(
                    "topic={} deadLetters={} first={} reason=\"{}\"",
                    topic,
                    batch.deadLetters().size(),
                    first.origin(),
                    first.reason());
        }
    }
}
