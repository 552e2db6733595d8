package dev.lowgear.infrastructure.containers;

import dev.lowgear.infrastructure.postgres.Databases;
import dev.lowgear.infrastructure.postgres.DatabasesContainer;

import org.testcontainers.postgresql.PostgreSQLContainer;

import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * PostgreSQL as a container, of the image that staging runs; Testcontainers ends it with the JVM.
 */
public final class PostgresInContainer implements DatabasesContainer {
    static final String IMAGE = "postgres:18.6";

    private static final String DUPLICATE_DATABASE = "42P04";

    @Override
    public Databases get() {
        var container =
                new PostgreSQLContainer(IMAGE)
                        .withCommand("postgres", "-c", "max_connections=60")
                        .withUsername("lowgear");
        container.start();
        return new Server(container);
    }

    private record Server(PostgreSQLContainer container) implements Databases {
        @Override
        public String createDatabase(String name) {
            try (var connection =
                            DriverManager.getConnection(
                                    container.getJdbcUrl(), username(), password());
                    var statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE \"" + name + "\"");
            } catch (SQLException e) {
                if (!DUPLICATE_DATABASE.equals(e.getSQLState())) {
                    throw new IllegalStateException("could not create database " + name, e);
                }
            }
            return jdbcUrl(name);
        }

        @Override
        public String jdbcUrl(String database) {
            return "jdbc:postgresql://%s:%d/%s"
                    .formatted(
                            container.getHost(),
                            container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                            database);
        }

        @Override
        public String username() {
            return container.getUsername();
        }

        @Override
        public String password() {
            return container.getPassword();
        }
    }
}
