package dev.lowgear.infrastructure.postgres;

import dev.lowgear.infrastructure.choice.SharedInfrastructure;
import dev.lowgear.infrastructure.process.ChildProcess;
import dev.lowgear.infrastructure.process.ChildProcessException;
import dev.lowgear.infrastructure.process.LoopbackPorts;
import dev.lowgear.infrastructure.process.TemporaryFolder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A running PostgreSQL on 127.0.0.1, durable (fsync and synchronous commit on), with passwords,
 * without a Unix socket, in its own process, which ends with this one.
 */
public final class PostgresServer implements Databases, AutoCloseable {
    /** The user that every database belongs to. */
    public static final String SUPERUSER = PostgresCluster.SUPERUSER;

    private static final Duration READY_WITHIN = Duration.ofMinutes(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(20);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(1);
    private static final int ATTEMPTS = 3;

    /** Whether TLS is spoken, asked before anybody has to say who they are: length 8, 80877103. */
    private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 4, -46, 22, 47};

    private static final Pattern DATABASE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final String DUPLICATE_DATABASE = "42P04";
    private static final String CANNOT_CONNECT_NOW = "57P03";

    private final ChildProcess process;
    private final PostgresCluster cluster;
    private final int port;

    private PostgresServer(ChildProcess process, PostgresCluster cluster, int port) {
        this.process = process;
        this.cluster = cluster;
        this.port = port;
    }

    /**
     * The server that all tests of this JVM share, started by the first who asks, on a free port
     * and a temporary folder, or in a container where {@link SharedInfrastructure} says so. Tests
     * keep apart by their databases' names.
     */
    public static Databases shared() {
        return Shared.SERVER;
    }

    /**
     * Starts a server and waits until it takes connections.
     *
     * @throws ChildProcessException when it does not come up, with what it printed
     */
    public static PostgresServer start(PostgresSettings settings) {
        var unprivileged = Unprivileged.here();
        var binaries = PostgresBinaries.unpackedUnder(settings.installations());
        var cluster = PostgresCluster.openOrCreate(settings.directory(), binaries, unprivileged);
        LeftoverServer.clear(cluster.pgdata());
        if (settings.port() != 0 && !LoopbackPorts.isFree(settings.port())) {
            throw new ChildProcessException("database: port " + settings.port() + " is in use");
        }
        for (int attempt = 1; ; attempt++) {
            int port = settings.port() == 0 ? LoopbackPorts.free(1).getFirst() : settings.port();
            var command = command(binaries, unprivileged, cluster, port);
            var process = ChildProcess.start("database", command, Map.of(), settings.logFile());
            var server = new PostgresServer(process, cluster, port);
            try {
                process.awaitReady(READY_WITHIN, server::acceptsConnections);
                return server;
            } catch (ChildProcessException e) {
                process.close();
                // Between looking for a free port and using it somebody else may have taken it.
                boolean portLost = String.valueOf(e.getMessage()).contains("in use");
                if (!portLost || settings.port() != 0 || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static List<String> command(
            PostgresBinaries binaries,
            Unprivileged unprivileged,
            PostgresCluster cluster,
            int port) {
        var command = new ArrayList<>(List.of("sh", "-c", tether(), "database"));
        command.addAll(unprivileged.prefix());
        command.add(binaries.executable("postgres").toString());
        command.addAll(List.of("-D", cluster.pgdata().toAbsolutePath().toString()));
        for (var setting :
                List.of(
                        "port=" + port,
                        "listen_addresses=127.0.0.1",
                        "unix_socket_directories=",
                        "fsync=on",
                        "synchronous_commit=on",
                        "full_page_writes=on",
                        "shared_buffers=64MB",
                        "max_connections=60",
                        "log_checkpoints=off",
                        "log_line_prefix=%m [%p] %d ")) {
            command.addAll(List.of("-c", setting));
        }
        return command;
    }

    private static String tether() {
        try (var script = PostgresServer.class.getResourceAsStream("tether.sh")) {
            if (script == null) {
                throw new IllegalStateException(
                        "tether.sh is missing beside " + PostgresServer.class);
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean acceptsConnections() throws SQLException {
        if (!LoopbackPorts.answers(port)) {
            return false;
        }
        try (var connection = connect("postgres")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            if (CANNOT_CONNECT_NOW.equals(e.getSQLState())
                    || String.valueOf(e.getSQLState()).startsWith("08")) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public String createDatabase(String name) {
        var url = jdbcUrl(name);
        try (var connection = connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE \"" + name + "\"");
        } catch (SQLException e) {
            if (!DUPLICATE_DATABASE.equals(e.getSQLState())) {
                throw new ChildProcessException("could not create database " + name, e);
            }
        }
        return url;
    }

    @Override
    public String jdbcUrl(String database) {
        if (!DATABASE_NAME.matcher(database).matches()) {
            throw new IllegalArgumentException("not a database name: " + database);
        }
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /**
     * The superuser's password, for those who know only the folder.
     *
     * @param directory of a server that was started before
     */
    public static String passwordIn(Path directory) {
        return PostgresCluster.passwordIn(directory);
    }

    @Override
    public String username() {
        return PostgresCluster.SUPERUSER;
    }

    @Override
    public String password() {
        return cluster.password();
    }

    public int port() {
        return port;
    }

    /** The process that holds the server: a shell that ends it with this one. */
    public ChildProcess process() {
        return process;
    }

    /** The server's own process id, for tests that kill it. */
    public long serverPid() {
        return LeftoverServer.pidIn(cluster.pgdata().resolve("postmaster.pid"))
                .orElseThrow(() -> new ChildProcessException("the database does not run"));
    }

    /** Whether it takes up a new connection within a second. */
    public boolean answers() {
        try {
            LoopbackPorts.exchange(port, SSL_REQUEST, 1, ANSWER_WITHIN);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Stops it in order (open transactions are rolled back); its databases stay. */
    @Override
    public void close() {
        process.stop(STOP_WITHIN);
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), username(), password());
    }

    private static final class Shared {
        private static final Databases SERVER =
                SharedInfrastructure.start(Shared::startTemporary, DatabasesContainer.class);

        private static PostgresServer startTemporary() {
            var folder = TemporaryFolder.create("lowgear-postgres");
            var server = start(PostgresSettings.in(folder));
            Runtime.getRuntime()
                    .addShutdownHook(
                            Thread.ofPlatform()
                                    .name("database-end")
                                    .unstarted(() -> {
                                        server.close();
                                        TemporaryFolder.delete(folder);
                                    }));
            return server;
        }
    }
}
