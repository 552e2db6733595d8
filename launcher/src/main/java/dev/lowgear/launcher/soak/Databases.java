package dev.lowgear.launcher.soak;

import dev.lowgear.infrastructure.postgres.PostgresServer;
import dev.lowgear.launcher.stack.Endpoint;
import dev.lowgear.launcher.stack.Service;
import dev.lowgear.launcher.stack.StackPlan;

import org.apache.kafka.common.TopicPartition;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What the services' databases hold, over a connection to each. */
final class Databases implements AutoCloseable {
    private static final int INSERTED = 1;

    private final Map<Service, Connection> connections = new TreeMap<>();

    private Databases() {}

    /**
     * Connects to all of them.
     *
     * @throws IOException when the server does not answer
     */
    static Databases of(StackPlan plan) throws IOException {
        var databases = new Databases();
        try {
            for (var service : Service.values()) {
                if (service.database().isPresent()) {
                    databases.connections.put(
                            service,
                            DriverManager.getConnection(
                                    "jdbc:postgresql://127.0.0.1:%d/%s"
                                            .formatted(
                                                    plan.ports().of(Endpoint.POSTGRES),
                                                    service.database().get()),
                                    PostgresServer.SUPERUSER,
                                    PostgresServer.passwordIn(plan.data().database())));
                }
            }
            return databases;
        } catch (SQLException e) {
            throw new IOException("the database does not answer", e);
        }
    }

    /** Rows written so far, by service. */
    Map<Service, Long> rowsWritten() throws IOException {
        var rows = new TreeMap<Service, Long>();
        for (var service : connections.keySet()) {
            rows.put(
                    service,
                    read(
                            service,
                            "SELECT coalesce(sum(n_tup_ins), 0) FROM pg_stat_user_tables",
                            result -> result.next() ? result.getLong(INSERTED) : 0L));
        }
        return rows;
    }

    /** The next record that the model service will read of every partition. */
    Map<TopicPartition, Long> modelOffsets() throws IOException {
        return read(
                Service.MODEL,
                "SELECT topic, partition, next_offset FROM consumed_offset",
                result -> {
                    var next = new HashMap<TopicPartition, Long>();
                    while (result.next()) {
                        next.put(
                                new TopicPartition(
                                        result.getString("topic"), result.getInt("partition")),
                                result.getLong("next_offset"));
                    }
                    return next;
                });
    }

    /** Reads a result. */
    private interface Reader<T> {
        T read(ResultSet result) throws SQLException;
    }

    private <T> T read(Service service, String query, Reader<T> reader) throws IOException {
        var connection = connections.get(service);
        if (connection == null) {
            throw new IllegalStateException("no database of " + service);
        }
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            return reader.read(result);
        } catch (SQLException e) {
            throw new IOException("the database of " + service.part() + " does not answer", e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            for (var connection : connections.values()) {
                connection.close();
            }
        } catch (SQLException e) {
            throw new IOException("could not leave the database", e);
        }
    }
}
