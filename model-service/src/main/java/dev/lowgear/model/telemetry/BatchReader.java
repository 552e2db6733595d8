package dev.lowgear.model.telemetry;

import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.UnreadableMessageException;
import dev.lowgear.model.broker.DeadLetter;
import dev.lowgear.model.broker.Received;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Decodes a poll and encodes its rows before any transaction begins, so that a record that cannot
 * be read or stored is known before anything is written, and the transaction stays short.
 */
final class BatchReader {
    private static final Duration AHEAD = Duration.ofHours(1);

    private final Positions positions;
    private final InstantSource clock;
    private final Function<Feed<?>, Duration> retention;

    /**
     * A reader that continues at the given positions.
     *
     * @param retention how long a feed's rows are kept: an older time stamp cannot be the broker's
     */
    BatchReader(Positions positions, InstantSource clock, Function<Feed<?>, Duration> retention) {
        this.positions = positions;
        this.clock = clock;
        this.retention = retention;
    }

    /**
     * The batch in these records.
     *
     * @throws UnknownPositionException if a partition's position is not known
     */
    <M> Batch read(Feed<M> feed, List<Received> records) {
        return new Reading<>(feed).of(records);
    }

    private final class Reading<M> {
        private final Feed<M> feed;
        private final String topic;
        private final CopyRows rows;
        private final SortedMap<Integer, Batch.Advance> advances = new TreeMap<>();
        private final SortedSet<Instant> hours = new TreeSet<>();
        private final SortedMap<Batch.TallyKey, Batch.Tally> tallies = new TreeMap<>();
        private final List<DeadLetter> deadLetters = new ArrayList<>();
        private final Instant now = clock.instant();
        private int duplicates;

        Reading(Feed<M> feed) {
            this.feed = feed;
            topic = feed.topic().topic();
            rows = new CopyRows(feed.layout().width());
        }

        Batch of(List<Received> records) {
            for (Received record : records) {
                if (isNew(record)) {
                    add(record);
                } else {
                    duplicates++;
                }
            }
            return new Batch(
                    feed,
                    List.copyOf(advances.values()),
                    rows.finish(),
                    rows.rows(),
                    hours,
                    tallies,
                    deadLetters,
                    duplicates);
        }

        /** Advances past the record unless it was stored before. */
        private boolean isNew(Received record) {
            int partition = record.partition();
            Batch.Advance advance = advances.get(partition);
            Position position =
                    advance != null
                            ? new Position(advance.expected(), advance.next())
                            : positions.of(topic, partition);
            if (position == null) {
                throw new UnknownPositionException(topic, partition);
            }
            if (record.offset() < position.from()) {
                return false;
            }
            advances.put(
                    partition,
                    new Batch.Advance(partition, position.stored(), record.offset() + 1));
            return true;
        }

        private void add(Received record) {
            byte[] value = record.value();
            if (value == null) {
                deadLetters.add(new DeadLetter(topic, record, "no value: telemetry is not erased"));
                return;
            }
            long receivedAt = plausible(record.atEpochMillis());
            rows.beginRow();
            try {
                M message = MessageCodec.decode(value, feed.type());
                rows.timestamp(receivedAt);
                feed.layout().write(message, rows);
                rows.endRow();
                tallies.merge(
                        new Batch.TallyKey(record.partition(), feed.layout().fingerprint(message)),
                        new Batch.Tally(1, receivedAt, receivedAt),
                        Batch.Tally::plus);
                hours.add(Instant.ofEpochMilli(receivedAt).truncatedTo(ChronoUnit.HOURS));
            } catch (UnreadableMessageException | IllegalArgumentException e) {
                rows.abandonRow();
                deadLetters.add(new DeadLetter(topic, record, String.valueOf(e.getMessage())));
            }
        }

        /** The broker's time stamp, or now if no broker of ours can have written it. */
        private long plausible(long epochMillis) {
            Instant at = Instant.ofEpochMilli(epochMillis);
            boolean possible =
                    at.isAfter(now.minus(retention.apply(feed))) && at.isBefore(now.plus(AHEAD));
            return possible ? epochMillis : now.toEpochMilli();
        }
    }
}
