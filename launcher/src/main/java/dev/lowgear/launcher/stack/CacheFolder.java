package dev.lowgear.launcher.stack;

import dev.lowgear.infrastructure.process.TemporaryFolder;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What can be made again at any time: extracted services and AOT caches, each named {@code
 * part-key}, shared by every system and every build that is pointed to the folder.
 *
 * <p>A process that uses an entry writes its name into a file of its own under {@code users}, which
 * it keeps locked while it lives; the kernel unlocks it when the process dies, however it dies.
 * Pruning removes only what no living user has named. Naming and pruning exclude each other by the
 * lock on {@code lock}.
 */
public final class CacheFolder {
    private static final Map<Path, CacheFolder> OPENED = new ConcurrentHashMap<>();

    private final Path root;
    private final Path usesFile;
    private final Map<String, Object> making = new ConcurrentHashMap<>();
    private final Set<String> uses = new TreeSet<>();
    private @Nullable FileChannel user;

    /** A second user of the folder in one process; only tests need one. */
    CacheFolder(Path root, String userName) {
        this.root = root;
        usesFile = root.resolve("users").resolve(userName);
    }

    /** The folder, as used by this process. */
    public static CacheFolder at(Path root) {
        return OPENED.computeIfAbsent(
                root.toAbsolutePath().normalize(),
                path ->
                        new CacheFolder(
                                path,
                                "%d-%x"
                                        .formatted(
                                                ProcessHandle.current().pid(), System.nanoTime())));
    }

    /** Where an entry is or will be; it stays there while this process lives. */
    public synchronized Path use(String kind, String entry) {
        var path = root.resolve(kind).resolve(entry);
        try (var _ = exclusive()) {
            if (uses.add(kind + "/" + entry)) {
                writeUses();
            }
            Files.createDirectories(path.getParent());
            if (Files.exists(path)) {
                // Only the entry itself: the JVM refuses an AOT cache when a jar was touched.
                Files.setLastModifiedTime(path, FileTime.from(Instant.now()));
            }
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the cache folder " + root, e);
        }
    }

    /** Makes an entry. */
    @FunctionalInterface
    interface Maker {
        /** Makes it at a place where nobody else works. */
        void make(Path place) throws IOException;
    }

    /**
     * The entry, made if it is not there. It appears whole or not at all; threads of this process
     * that want the same one wait for each other, another process may make it, too.
     */
    Path makeOnce(String kind, String entry, Maker maker) throws IOException {
        var path = use(kind, entry);
        synchronized (making.computeIfAbsent(kind + "/" + entry, name -> new Object())) {
            if (Files.exists(path)) {
                return path;
            }
            var place = workshop(entry);
            TemporaryFolder.delete(place);
            maker.make(place);
            try {
                return Files.move(place, path, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
                TemporaryFolder.delete(place);
                return path;
            }
        }
    }

    /**
     * Where to make an entry before it is moved, whole, to its place: on the same disk, away from
     * everybody else, and pruned when this process has died.
     */
    public Path workshop(String entry) {
        use("unfinished", usesFile.getFileName().toString());
        var folder = root.resolve("unfinished").resolve(usesFile.getFileName());
        try {
            return Files.createDirectories(folder).resolve(entry);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the cache folder " + root, e);
        }
    }

    /**
     * Removes what nobody uses, except the entries of each kind and part that were used last.
     *
     * @param kept how many of each
     * @return the removed entries
     */
    public synchronized List<Path> prune(int kept) {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (var _ = exclusive()) {
            var used = usedByOthers();
            used.addAll(uses);
            var removed = new ArrayList<Path>();
            for (var kind : List.of("services", "aot")) {
                for (var ofOnePart : byPart(root.resolve(kind)).values()) {
                    removed.addAll(
                            remove(
                                    kind,
                                    ofOnePart.subList(
                                            Math.min(kept, ofOnePart.size()), ofOnePart.size()),
                                    used));
                }
            }
            remove("unfinished", list(root.resolve("unfinished")), used);
            return removed;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prune the cache folder " + root, e);
        }
    }

    private static List<Path> remove(String kind, List<Path> entries, Set<String> used) {
        var unused =
                entries.stream()
                        .filter(entry -> !used.contains(kind + "/" + entry.getFileName()))
                        .toList();
        unused.forEach(TemporaryFolder::delete);
        return unused;
    }

    /** The entries by part, each list from the one used last to the one used first. */
    private static Map<String, List<Path>> byPart(Path kind) throws IOException {
        var times = new TreeMap<Path, FileTime>();
        for (var entry : list(kind)) {
            times.put(entry, Files.getLastModifiedTime(entry));
        }
        var byPart = new TreeMap<String, List<Path>>();
        times.entrySet().stream()
                .sorted(Map.Entry.<Path, FileTime>comparingByValue(Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .forEach(entry ->
                        byPart.computeIfAbsent(partOf(entry), part -> new ArrayList<>())
                                .add(entry));
        return byPart;
    }

    private static String partOf(Path entry) {
        var name = entry.getFileName().toString();
        int dash = name.indexOf('-');
        return dash < 0 ? name : name.substring(0, dash);
    }

    /** What living processes use; the files of dead ones are deleted. */
    private Set<String> usedByOthers() throws IOException {
        var used = new TreeSet<String>();
        for (var file : list(root.resolve("users"))) {
            if (file.equals(usesFile)) {
                continue; // closing another channel of it would give our lock back
            }
            if (isLocked(file)) {
                used.addAll(Files.readAllLines(file));
            } else {
                Files.delete(file);
            }
        }
        return used;
    }

    private static boolean isLocked(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    private void writeUses() throws IOException {
        if (user == null) {
            Files.createDirectories(root.resolve("users"));
            user = FileChannel.open(usesFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (user.tryLock() == null) {
                throw new IOException(usesFile + " is locked by another process");
            }
        }
        var lines = StandardCharsets.UTF_8.encode(String.join("\n", uses) + "\n");
        user.position(0);
        while (lines.hasRemaining()) {
            user.write(lines);
        }
    }

    private FileChannel exclusive() throws IOException {
        Files.createDirectories(root);
        var channel =
                FileChannel.open(
                        root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.lock();
            if (!lock.isValid()) {
                throw new IOException("cannot lock " + root);
            }
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var entries = Files.newDirectoryStream(folder)) {
            var found = new ArrayList<Path>();
            entries.forEach(found::add);
            found.sort(null);
            return found;
        }
    }
}
