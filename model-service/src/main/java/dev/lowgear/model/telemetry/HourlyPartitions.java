package dev.lowgear.model.telemetry;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The hourly partitions of the telemetry tables, made when the first row of an hour comes and
 * dropped whole when they are old: no vacuum, no index to maintain, disk use bounded by rate ×
 * retention. A partition is named {@code <table>_<yyyyMMddHH>}, in UTC.
 */
final class HourlyPartitions {
    private static final DateTimeFormatter SUFFIX =
            DateTimeFormatter.ofPattern("yyyyMMddHH").withZone(ZoneOffset.UTC);

    /** Serialises those who make or drop partitions, of every instance. */
    private static final long LOCK = 0x6c6f7767656172L;

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /** Makes the partitions of these hours unless they exist; ends any open transaction. */
    void ensure(Connection connection, String table, SortedSet<Instant> hours) throws SQLException {
        for (Instant hour : hours) {
            String name = name(table, hour);
            if (!known.contains(name)) {
                create(connection, table, name, hour);
                known.add(name);
            }
        }
    }

    /** Looks again next time: whoever could not copy may have missed a partition. */
    void forget() {
        known.clear();
    }

    private static void create(Connection connection, String table, String name, Instant hour)
            throws SQLException {
        inLock(
                connection,
                "CREATE TABLE IF NOT EXISTS %s PARTITION OF %s FOR VALUES FROM ('%s') TO ('%s')"
                        .formatted(name, table, hour, hour.plus(1, ChronoUnit.HOURS)));
    }

    /**
     * Drops the partitions of a table that ended before a moment.
     *
     * @return how many
     */
    int dropEndedBefore(Connection connection, String table, Instant moment) throws SQLException {
        // The newest partition that may go begins an hour before the moment.
        String newest = name(table, moment.minus(Duration.ofHours(1)));
        List<String> old = new ArrayList<>();
        for (String name : existing(connection, table)) {
            if (name.compareTo(newest) <= 0) {
                old.add(name);
            }
        }
        for (String name : old) {
            inLock(connection, "DROP TABLE IF EXISTS " + name);
            known.remove(name);
        }
        return old.size();
    }

    private static List<String> existing(Connection connection, String table) throws SQLException {
        connection.setAutoCommit(true);
        List<String> names = new ArrayList<>();
        try (Statement select = connection.createStatement();
                ResultSet rows =
                        select.executeQuery(
                                """
                                SELECT c.relname FROM pg_inherits i
                                JOIN pg_class c ON c.oid = i.inhrelid
                                WHERE i.inhparent = '%s'::regclass ORDER BY 1\
                                """
                                        .formatted(table))) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static void inLock(Connection connection, String statement) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement change = connection.createStatement()) {
            change.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
            change.execute(statement);
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static String name(String table, Instant hour) {
        return table + "_" + SUFFIX.format(hour);
    }
}
