package dev.lowgear.launcher.stack;

import dev.lowgear.launcher.UsageException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Everything the system keeps on disk.
 *
 * @param root what is kept: databases, records, logs, clock files
 * @param cache what can be deleted at any time and is made again: unpacked artefacts
 */
public record DataFolder(Path root, Path cache) {
    /** Free space without which nothing is started, in bytes: 1 GiB. */
    public static final long LEAST_SPACE = 1L << 30;

    /** The longest path of a Unix socket that the guardian takes, in bytes. */
    private static final int LONGEST_SOCKET_PATH = 100;

    public DataFolder {
        root = root.toAbsolutePath().normalize();
        cache = cache.toAbsolutePath().normalize();
    }

    /** The folder with its cache inside. */
    public static DataFolder at(Path root) {
        return new DataFolder(root, root.resolve("cache"));
    }

    /** A folder of its own for something short-lived, with the same cache. */
    public DataFolder within(String name) {
        return new DataFolder(root.resolve(name), cache);
    }

    /** Held locked by the supervisor while it lives. */
    public Path lock() {
        return root.resolve("run").resolve("lock");
    }

    /** What to run, as the command line left it for the supervisor. */
    public Path plan() {
        return root.resolve("run").resolve("plan.json");
    }

    /** What runs, as the supervisor last knew it. */
    public Path state() {
        return root.resolve("run").resolve("state.json");
    }

    /** The guardian's Unix socket. */
    public Path guardianSocket() {
        return root.resolve("run").resolve("guardian.sock");
    }

    /** The guardian's settings, written at every start. */
    public Path guardianSettings() {
        return root.resolve("run").resolve("guardian.properties");
    }

    /** The guardian's write-ahead journal of locked clocks. */
    public Path guardianJournal() {
        return root.resolve("guardian").resolve("journal");
    }

    /** A file whose appearance makes the guardian give all clocks back. */
    public Path releaseSentinel() {
        return root.resolve("run").resolve("release");
    }

    /** Hashes of API keys, for a gateway that starts without its database. */
    public Path rememberedKeys() {
        return root.resolve("gateway").resolve("keys.json");
    }

    /** One memory-mapped clock file per simulated GPU; outlives agent and guardian. */
    public Path simulatedGpus() {
        return root.resolve("simulated-gpu");
    }

    /** What the JVMs of a start without AOT caches note for these; empty once they are made. */
    public Path recordings() {
        return root.resolve("recordings");
    }

    /** The broker's records. */
    public Path broker() {
        return root.resolve("broker");
    }

    /** The database's files and password. */
    public Path database() {
        return root.resolve("database");
    }

    /** The logs of all parts. */
    public Path logs() {
        return root.resolve("logs");
    }

    /** The log of a part; what its process prints goes beside it, with {@code .out} added. */
    public Path log(String part) {
        return logs().resolve(part + ".log");
    }

    /** What a part prints. */
    public Path output(String part) {
        return logs().resolve(part + ".log.out");
    }

    /**
     * Makes the folders and checks that they can hold what will be written.
     *
     * @throws UsageException when not
     */
    public void prepare() {
        try {
            Files.createDirectories(root);
            Files.createDirectories(cache);
            for (var folder : new String[] {"run", "logs", "guardian", "simulated-gpu"}) {
                Files.createDirectories(root.resolve(folder));
            }
            // Passwords and the guardian's socket are in there.
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
            requireSpace(root, Files.getFileStore(root).getUsableSpace());
        } catch (IOException e) {
            throw new UsageException(
                    "data folder %s cannot be used (%s): choose another with --data"
                            .formatted(root, e));
        }
        int length = guardianSocket().toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_SOCKET_PATH) {
            throw new UsageException(
                    "data folder %s is too long a path for a Unix socket: choose one of at most %d bytes with --data"
                            .formatted(
                                    root,
                                    LONGEST_SOCKET_PATH - (length - root.toString().length())));
        }
    }

    /**
     * Checks free space.
     *
     * @throws UsageException when there is less than {@link #LEAST_SPACE}
     */
    static void requireSpace(Path root, long usable) {
        if (usable < LEAST_SPACE) {
            throw new UsageException(
                    "data folder %s has %d MiB of disk left, %d MiB are needed: free some or choose another with --data"
                            .formatted(root, usable >> 20, LEAST_SPACE >> 20));
        }
    }
}
