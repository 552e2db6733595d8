package dev.lowgear.model.training;

import dev.lowgear.contract.Topics;
import dev.lowgear.core.performance.OperatingPoint;
import dev.lowgear.performance.PowerSample;
import dev.lowgear.performance.TrainingSample;
import dev.lowgear.performance.TrainingSet;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

/**
 * Telemetry to train on. However much there is, a bounded number of blocks is read, and of what is
 * in them a bounded number of iterations, spread over clock, batch and prefill: hours of the same
 * load would otherwise crowd out the minutes in which another was explored.
 */
final class SampleStore {
    /** Table blocks one training reads at most, as rows: what a second or two can scan. */
    private static final long MOST_ROWS_SCANNED = 1_000_000;

    private static final long BYTES_PER_ROW = 320;

    /** So many strata share the sample if all are full; most are not. */
    private static final int FULL_STRATA = 16;

    private static final String SAMPLES =
            """
            SELECT start_epoch_micros, measured_clock_mhz, decode_tokens, kv_tokens,
                prefill_tokens, prefill_context_tokens, prefill_requests, busy_micros
            FROM (
                SELECT *, row_number() OVER (
                    PARTITION BY measured_clock_mhz / 90, ceil(log(2, decode_tokens + 1)),
                        prefill_tokens > 0
                    ORDER BY hashint8(start_epoch_micros), iteration) AS place
                FROM iteration_telemetry TABLESAMPLE SYSTEM (?) REPEATABLE (1)
                WHERE received_at >= ? AND fingerprint = ? AND measured_clock_mhz > 0
                    AND kv_tokens >= 0 AND decode_tokens + prefill_tokens > 0) AS stratified
            WHERE place <= ?
            ORDER BY place, start_epoch_micros
            LIMIT ?\
            """;

    private static final String WINDOWS =
            """
            SELECT start_epoch_micros, millijoules, length_micros, busy_fraction, clock_mhz,
                mean_batch, mean_kv_tokens, mean_prefill_tokens, prefill_share
            FROM power_window TABLESAMPLE SYSTEM (?) REPEATABLE (1)
            WHERE received_at >= ? AND fingerprint = ? AND stable AND clock_mhz > 0
                AND millijoules > 0
            ORDER BY hashint8(start_epoch_micros)
            LIMIT ?\
            """;

    private static final String PROGRESS =
            """
            SELECT fingerprint, sum(rows), min(oldest_at), max(newest_at)
            FROM telemetry_progress WHERE topic = ? GROUP BY fingerprint ORDER BY fingerprint\
            """;

    private static final String BYTES =
            """
            SELECT coalesce(sum(pg_relation_size(inhrelid)), 0) FROM pg_inherits
            WHERE inhparent = ?::regclass\
            """;

    /** Held while a model is trained: one training at a time, of all instances. */
    private static final long TRAINING_LOCK = 0x6c6f77747261696eL;

    private final DataSource dataSource;
    private final int maximumSamples;

    SampleStore(DataSource dataSource, int maximumSamples) {
        this.dataSource = dataSource;
        this.maximumSamples = maximumSamples;
    }

    /** How much telemetry of each fingerprint there is. */
    List<Progress> progress() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(PROGRESS)) {
            select.setString(1, Topics.Names.ITERATIONS);
            List<Progress> progress = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    progress.add(
                            new Progress(
                                    rows.getString(1),
                                    rows.getLong(2),
                                    rows.getTimestamp(3).toInstant(),
                                    rows.getTimestamp(4).toInstant()));
                }
            }
            return progress;
        }
    }

    /** A sample of a fingerprint's telemetry received since a moment. */
    TrainingSet telemetry(String fingerprint, Instant since) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return new TrainingSet(
                    iterations(connection, fingerprint, since),
                    windows(connection, fingerprint, since));
        }
    }

    private List<TrainingSample> iterations(
            Connection connection, String fingerprint, Instant since) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SAMPLES)) {
            select.setDouble(1, percent(connection, "iteration_telemetry"));
            select.setTimestamp(2, Timestamp.from(since));
            select.setString(3, fingerprint);
            select.setInt(4, Math.max(1, maximumSamples / FULL_STRATA));
            select.setInt(5, maximumSamples);
            List<TrainingSample> samples = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    samples.add(
                            new TrainingSample(
                                    rows.getLong(1),
                                    rows.getInt(2),
                                    rows.getInt(3),
                                    rows.getLong(4),
                                    rows.getInt(5),
                                    (double) rows.getLong(6) / Math.max(1, rows.getInt(7)),
                                    rows.getLong(8)));
                }
            }
            return samples;
        }
    }

    private List<PowerSample> windows(Connection connection, String fingerprint, Instant since)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(WINDOWS)) {
            select.setDouble(1, percent(connection, "power_window"));
            select.setTimestamp(2, Timestamp.from(since));
            select.setString(3, fingerprint);
            select.setInt(4, maximumSamples);
            List<PowerSample> samples = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    samples.add(
                            new PowerSample(
                                    rows.getLong(1),
                                    1_000.0 * rows.getLong(2) / rows.getLong(3),
                                    Math.min(1, rows.getDouble(4)),
                                    new OperatingPoint(
                                            rows.getInt(5),
                                            rows.getDouble(6),
                                            rows.getDouble(7),
                                            rows.getDouble(8)),
                                    rows.getDouble(9)));
                }
            }
            return samples;
        }
    }

    /** The share of a table's blocks that holds as many rows as may be scanned, in percent. */
    private static double percent(Connection connection, String table) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(BYTES)) {
            select.setString(1, table);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                double bytes = Math.max(1, rows.getLong(1));
                return Math.min(100, 100 * MOST_ROWS_SCANNED * BYTES_PER_ROW / bytes);
            }
        }
    }

    /**
     * Takes the right to train, if nobody has it.
     *
     * @return holds it until closed; empty if another instance is training
     */
    Optional<Connection> tryLock() throws SQLException {
        Connection connection = dataSource.getConnection();
        try (PreparedStatement lock =
                connection.prepareStatement("SELECT pg_try_advisory_xact_lock(?)")) {
            connection.setAutoCommit(false);
            lock.setLong(1, TRAINING_LOCK);
            try (ResultSet rows = lock.executeQuery()) {
                rows.next();
                if (rows.getBoolean(1)) {
                    return Optional.of(connection);
                }
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        connection.close();
        return Optional.empty();
    }
}
