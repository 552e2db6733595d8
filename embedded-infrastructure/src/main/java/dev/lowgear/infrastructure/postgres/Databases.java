package dev.lowgear.infrastructure.postgres;

/** A running PostgreSQL, whatever it runs in. */
public interface Databases {
    /**
     * Creates a database unless there is one of that name.
     *
     * @param name lower-case letters, digits, underscores
     * @return its {@link #jdbcUrl}
     */
    String createDatabase(String name);

    /** For {@code spring.datasource.url}. */
    String jdbcUrl(String database);

    /** The user that every database belongs to. */
    String username();

    /** That user's password. */
    String password();
}
