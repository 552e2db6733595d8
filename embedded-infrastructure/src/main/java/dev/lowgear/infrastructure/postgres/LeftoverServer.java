package dev.lowgear.infrastructure.postgres;

import dev.lowgear.infrastructure.process.ChildProcessException;
import dev.lowgear.infrastructure.process.ProcessEnd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an earlier server of the same folder may have left: itself, or its lock file.
 *
 * <p>PostgreSQL refuses to start when {@code postmaster.pid} names a living process, whichever that
 * is: after a crash the number may belong to somebody else by now. The file is removed in that case
 * only. A dead number is left to PostgreSQL, which also makes sure that no orphaned backend still
 * uses the folder's shared memory.
 */
final class LeftoverServer {
    private static final Duration FAST_SHUTDOWN = Duration.ofSeconds(20);
    private static final Duration KILL = Duration.ofSeconds(5);

    private LeftoverServer() {}

    /** Ends an earlier server that still runs on the folder, and clears a lock that misleads. */
    static void clear(Path pgdata) {
        var lock = pgdata.resolve("postmaster.pid");
        var named = pidIn(lock).flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive);
        if (named.isEmpty()) {
            return;
        }
        if (isServerOf(named.get(), pgdata)) {
            end(named.get());
        } else {
            delete(lock);
        }
    }

    /** The process that the lock file names, if there is one that can be read. */
    static Optional<Long> pidIn(Path lock) {
        try {
            return Files.readAllLines(lock).stream()
                    .findFirst()
                    .map(String::strip)
                    .map(Long::valueOf);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean isServerOf(ProcessHandle process, Path pgdata) {
        var workingFolder = Path.of("/proc", Long.toString(process.pid()), "cwd");
        if (Files.exists(workingFolder)) {
            try {
                return Files.isSameFile(workingFolder, pgdata);
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "cannot tell what process " + process.pid() + " is", e);
            }
        }
        return process.info()
                .command()
                .filter(command -> command.endsWith("/postgres"))
                .isPresent();
    }

    private static void end(ProcessHandle server) {
        Unprivileged.run(List.of("kill", "-INT", Long.toString(server.pid())));
        if (!ProcessEnd.within(server, FAST_SHUTDOWN)) {
            server.destroyForcibly();
            if (!ProcessEnd.within(server, KILL)) {
                throw new ChildProcessException(
                        "an earlier database server (pid " + server.pid() + ") does not end");
            }
        }
    }

    private static void delete(Path lock) {
        try {
            Files.delete(lock);
        } catch (IOException e) {
            throw new UncheckedIOException("could not delete the stale " + lock, e);
        }
    }
}
