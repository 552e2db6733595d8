package dev.lowgear.model.telemetry;

import dev.lowgear.model.broker.DeadLetter;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What one poll comes to: rows ready to copy, and how far that takes each partition.
 *
 * @param feed what was polled
 * @param advances how far each partition goes, by partition
 * @param copy the rows in binary COPY format
 * @param rows how many there are
 * @param hours hours the rows were received in, which name the table's partitions
 * @param tallies rows by partition and fingerprint
 * @param deadLetters records that cannot be read or stored
 * @param duplicates records delivered before, left out
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
record Batch(
        Feed<?> feed,
        List<Advance> advances,
        byte[] copy,
        int rows,
        SortedSet<Instant> hours,
        SortedMap<TallyKey, Tally> tallies,
        List<DeadLetter> deadLetters,
        int duplicates) {

    /**
     * How far a partition goes.
     *
     * @param expected the next offset as the database must have it
     * @param next the next offset afterwards
     */
    record Advance(int partition, long expected, long next) {}

    /** What rows are counted by; consumers of different partitions never share one. */
    record TallyKey(int partition, String fingerprint) implements Comparable<TallyKey> {
        @Override
        public int compareTo(TallyKey other) {
            int byPartition = Integer.compare(partition, other.partition);
            return byPartition != 0 ? byPartition : fingerprint.compareTo(other.fingerprint);
        }
    }

    /**
     * Rows of one partition and fingerprint.
     *
     * @param rows how many
     * @param oldestEpochMillis when the first was received
     * @param newestEpochMillis when the last was received
     */
    record Tally(long rows, long oldestEpochMillis, long newestEpochMillis) {
        Tally plus(Tally other) {
            return new Tally(
                    rows + other.rows,
                    Math.min(oldestEpochMillis, other.oldestEpochMillis),
                    Math.max(newestEpochMillis, other.newestEpochMillis));
        }
    }
}
