package dev.lowgear.infrastructure.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.infrastructure.Signals;
import dev.lowgear.infrastructure.process.LoopbackPorts;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

class PostgresServerTest {
    @TempDir Path folder;

    @Test
    void keepsWhatWasCommittedOverARestartAndAKill() throws Exception {
        var settings = PostgresSettings.in(folder);
        try (var server = PostgresServer.start(settings)) {
            server.createDatabase("ledger");
            execute(server, "ledger", "CREATE TABLE joules (amount int)");
            execute(server, "ledger", "INSERT INTO joules VALUES (42)");
        }
        try (var server = PostgresServer.start(settings)) {
            execute(server, "ledger", "INSERT INTO joules VALUES (1)");
            ProcessHandle.of(server.serverPid()).orElseThrow().destroyForcibly();
            server.process().onExit().get(20, TimeUnit.SECONDS);
        }
        try (var server = PostgresServer.start(settings)) {
            assertThat(queryInt(server, "ledger", "SELECT sum(amount) FROM joules")).isEqualTo(43);
        }
    }

    @Test
    void isKnownToBeStoppedAlthoughItsPortTakesConnections() throws Exception {
        try (var server = PostgresServer.start(PostgresSettings.in(folder))) {
            assertThat(server.answers()).isTrue();
            Signals.stop(server.serverPid());
            assertThat(LoopbackPorts.answers(server.port())).isTrue();
            assertThat(server.answers()).isFalse();
            Signals.resume(server.serverPid());
        }
    }

    @Test
    void isDurable() throws Exception {
        var server = PostgresServer.shared();
        assertThat(queryString(server, "SHOW fsync")).isEqualTo("on");
        assertThat(queryString(server, "SHOW synchronous_commit")).isEqualTo("on");
        assertThat(queryString(server, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
    }

    @Test
    void asksForAPassword() {
        var server = PostgresServer.shared();
        assertThatThrownBy(() ->
                        DriverManager.getConnection(
                                server.jdbcUrl("postgres"), server.username(), "guess"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void creatingADatabaseTwiceIsFineAndItsNameIsChecked() throws Exception {
        var server = PostgresServer.shared();
        assertThat(server.createDatabase("twice")).isEqualTo(server.createDatabase("twice"));
        assertThatThrownBy(() -> server.createDatabase("a\"; DROP DATABASE twice; --"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void startsOverALockThatNamesSomebodyElsesProcess() throws Exception {
        var settings = PostgresSettings.in(folder);
        PostgresServer.start(settings).close();
        var lock = folder.resolve("data").resolve("postmaster.pid");
        Files.writeString(
                lock, ProcessHandle.current().pid() + "\n" + folder.resolve("data") + "\n");
        try (var server = PostgresServer.start(settings)) {
            assertThat(server.serverPid()).isNotEqualTo(ProcessHandle.current().pid());
        }
    }

    @Test
    void endsAnEarlierServerOfTheSameFolder() {
        var settings = PostgresSettings.in(folder);
        try (var earlier = PostgresServer.start(settings);
                var later = PostgresServer.start(settings)) {
            assertThat(earlier.port()).isNotEqualTo(later.port());
            assertThat(LoopbackPorts.answers(earlier.port())).isFalse();
            assertThat(LoopbackPorts.answers(later.port())).isTrue();
        }
    }

    private static void execute(Databases server, String database, String sql) throws SQLException {
        try (var connection = connect(server, database);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int queryInt(Databases server, String database, String sql) throws SQLException {
        try (var connection = connect(server, database);
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static String queryString(Databases server, String sql) throws SQLException {
        try (var connection = connect(server, "postgres");
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(Databases server, String database) throws SQLException {
        return DriverManager.getConnection(
                server.jdbcUrl(database), server.username(), server.password());
    }
}
