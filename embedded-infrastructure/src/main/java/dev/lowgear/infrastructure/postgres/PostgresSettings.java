package dev.lowgear.infrastructure.postgres;

import java.nio.file.Path;

/**
 * How to run a database server.
 *
 * @param directory where it keeps its databases and its password; survives restarts
 * @param port where clients connect, 0 = any free one
 * @param logFile what the server prints
 * @param installations where its binaries are unpacked, once per version
 */
public record PostgresSettings(Path directory, int port, Path logFile, Path installations) {

    public PostgresSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be in [0, 65535]: " + port);
        }
    }

    /** A server on any free port, its binaries in the user's cache folder. */
    public static PostgresSettings in(Path directory) {
        return new PostgresSettings(
                directory, 0, directory.resolve("postgres.log"), userCache().resolve("postgres"));
    }

    public PostgresSettings withPort(int newPort) {
        return new PostgresSettings(directory, newPort, logFile, installations);
    }

    public PostgresSettings withLogFile(Path newLogFile) {
        return new PostgresSettings(directory, port, newLogFile, installations);
    }

    public PostgresSettings withInstallations(Path newInstallations) {
        return new PostgresSettings(directory, port, logFile, newInstallations);
    }

    private static Path userCache() {
        var cache = System.getenv("XDG_CACHE_HOME");
        var base =
                cache == null || cache.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(cache);
        return base.resolve("lowgear");
    }
}
