package dev.lowgear.model.telemetry;

import org.postgresql.PGConnection;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Map;
import java.util.TreeMap;

import javax.sql.DataSource;

/** Telemetry in PostgreSQL: copies batches exactly once and knows how far each partition came. */
final class TelemetryStore {
    private static final int CHUNK = 64 * 1024;

    private static final String FIRST_OFFSET =
            """
            INSERT INTO consumed_offset (topic, partition, next_offset) VALUES (?, ?, ?)
            ON CONFLICT DO NOTHING\
            """;
    private static final String NEXT_OFFSET =
            """
            UPDATE consumed_offset SET next_offset = ?
            WHERE topic = ? AND partition = ? AND next_offset = ?\
            """;
    private static final String PROGRESS =
            """
            INSERT INTO telemetry_progress AS p
                (topic, partition, fingerprint, rows, oldest_at, newest_at)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (topic, partition, fingerprint) DO UPDATE
            SET rows = p.rows + excluded.rows,
                oldest_at = least(p.oldest_at, excluded.oldest_at),
                newest_at = greatest(p.newest_at, excluded.newest_at)\
            """;

    private final DataSource dataSource;
    private final HourlyPartitions partitions;

    TelemetryStore(DataSource dataSource, HourlyPartitions partitions) {
        this.dataSource = dataSource;
        this.partitions = partitions;
    }

    /**
     * Stores a batch and advances its partitions, both or neither.
     *
     * @throws FencedException if a partition is not where this consumer knows it to be
     */
    void append(Batch batch) throws SQLException {
        if (batch.advances().isEmpty()) {
            return;
        }
        try (Connection connection = dataSource.getConnection()) {
            partitions.ensure(connection, batch.feed().layout().table(), batch.hours());
            connection.setAutoCommit(false);
            try {
                // Offsets first: a fenced consumer learns it before it has copied anything, and
                // their row locks let one consumer of a partition in at a time.
                advance(connection, batch);
                copy(connection, batch);
                count(connection, batch);
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                partitions.forget();
                rollBack(connection, e);
                throw e;
            } catch (IOException e) {
                throw new AssertionError("bytes in memory can be read", e);
            }
        }
    }

    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // A connection that is gone has rolled back already.
            cause.addSuppressed(e);
        }
    }

    private static void advance(Connection connection, Batch batch) throws SQLException {
        String topic = batch.feed().topic().topic();
        for (Batch.Advance advance : batch.advances()) {
            int rows =
                    advance.expected() == 0
                            ? first(connection, topic, advance)
                            : next(connection, topic, advance);
            if (rows == 0) {
                throw new FencedException(topic, advance.partition(), advance.expected());
            }
        }
    }

    private static int first(Connection connection, String topic, Batch.Advance advance)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(FIRST_OFFSET)) {
            insert.setString(1, topic);
            insert.setInt(2, advance.partition());
            insert.setLong(3, advance.next());
            return insert.executeUpdate();
        }
    }

    private static int next(Connection connection, String topic, Batch.Advance advance)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(NEXT_OFFSET)) {
            update.setLong(1, advance.next());
            update.setString(2, topic);
            update.setInt(3, advance.partition());
            update.setLong(4, advance.expected());
            return update.executeUpdate();
        }
    }

    private static void copy(Connection connection, Batch batch) throws SQLException, IOException {
        if (batch.rows() == 0) {
            return;
        }
        long copied =
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(
                                batch.feed().layout().copyStatement(),
                                new ByteArrayInputStream(batch.copy()),
                                CHUNK);
        if (copied != batch.rows()) {
            throw new SQLException(batch.rows() + " rows sent, " + copied + " copied");
        }
    }

    private static void count(Connection connection, Batch batch) throws SQLException {
        if (batch.tallies().isEmpty()) {
            return;
        }
        try (PreparedStatement upsert = connection.prepareStatement(PROGRESS)) {
            for (var tally : batch.tallies().entrySet()) {
                upsert.setString(1, batch.feed().topic().topic());
                upsert.setInt(2, tally.getKey().partition());
                upsert.setString(3, tally.getKey().fingerprint());
                upsert.setLong(4, tally.getValue().rows());
                upsert.setTimestamp(5, new Timestamp(tally.getValue().oldestEpochMillis()));
                upsert.setTimestamp(6, new Timestamp(tally.getValue().newestEpochMillis()));
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    /** The next offset of every partition of a topic of which something was stored. */
    Map<Integer, Long> offsets(String topic) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select =
                        connection.prepareStatement(
                                """
                                SELECT partition, next_offset FROM consumed_offset
                                WHERE topic = ?\
                                """)) {
            select.setString(1, topic);
            Map<Integer, Long> offsets = new TreeMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    offsets.put(rows.getInt(1), rows.getLong(2));
                }
            }
            return offsets;
        }
    }
}
