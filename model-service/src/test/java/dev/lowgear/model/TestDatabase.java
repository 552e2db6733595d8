package dev.lowgear.model;

import dev.lowgear.infrastructure.postgres.Databases;
import dev.lowgear.infrastructure.postgres.PostgresServer;

import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

/**
 * A database of its own with our schema, on the server all tests share.
 *
 * @param dataSource opens a new connection each time
 */
public record TestDatabase(DataSource dataSource) {
    /** Creates it, or opens it as an earlier test left it. */
    public static TestDatabase named(String name) {
        Databases server = PostgresServer.shared();
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(server.createDatabase(name));
        dataSource.setUser(server.username());
        dataSource.setPassword(server.password());
        Flyway.configure().dataSource(dataSource).load().migrate();
        return new TestDatabase(dataSource);
    }

    /** The rows a query returns, their columns joined by {@code |}, null as an empty string. */
    public List<String> rows(String query) {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            int columns = result.getMetaData().getColumnCount();
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    String value = result.getString(column);
                    row.add(value == null ? "" : value);
                }
                rows.add(String.join("|", row));
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(query, e);
        }
    }

    /** The one value a query returns. */
    public String value(String query) {
        List<String> rows = rows(query);
        if (rows.size() != 1) {
            throw new AssertionError(query + " returned " + rows);
        }
        return rows.getFirst();
    }

    /** Runs a statement. */
    public void execute(String sql) {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }
}
