package dev.lowgear.guardian.journal;

import dev.lowgear.core.fleet.EngineId;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Which GPUs this node's guardian has locked. No getter of the driver tells, and a lock outlives
 * its maker, so that this file is the only memory: a GPU is written here, durably, before it is
 * locked, and crossed out, durably, after it was reset. Between the two, clock changes cost
 * nothing.
 *
 * <p>The file has one line per event with a checksum, and is written anew, beside the old one and
 * then moved over it, when it is opened and when it grows long. A second guardian on the same
 * journal is refused. Owned by one thread.
 */
public final class LockJournal implements AutoCloseable {
    /** Length in bytes beyond which the journal is written anew. */
    static final int LONG = 64 * 1024;

    private static final EngineId UNKNOWN = new EngineId("unknown");

    private final Path file;
    private final String actuator;
    private final Map<String, EngineId> locked;
    private final int damagedLine;
    private final FileChannel guard;
    private FileChannel channel;
    private long length;

    private LockJournal(
            Path file, String actuator, FileChannel guard, JournalContent content, byte[] text)
            throws IOException {
        this.file = file;
        this.actuator = actuator;
        this.guard = guard;
        this.locked = new LinkedHashMap<>(content.locked());
        this.damagedLine = content.damagedLine();
        this.channel = writtenAnew(text);
        this.length = text.length;
        makeMoveDurable();
    }

    /**
     * Opens a journal, or begins one.
     *
     * @param actuator which actuator locks and resets
     * @param suspects GPUs to count as locked where the journal is damaged, since nothing tells
     *     that they are not
     * @throws IOException with a message for an operator: in use, not writable, or with locks of
     *     another actuator
     */
    public static LockJournal open(Path file, String actuator, Collection<String> suspects)
            throws IOException {
        Path absolute = file.toAbsolutePath();
        Path directory = absolute.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        FileChannel guard = guarded(absolute);
        try {
            byte[] bytes = Files.exists(absolute) ? Files.readAllBytes(absolute) : new byte[0];
            JournalContent content = JournalContent.parse(bytes);
            if (content.damagedLine() > 0) {
                suspects.forEach(gpu -> content.locked().putIfAbsent(gpu, UNKNOWN));
            }
            if (!content.locked().isEmpty()
                    && !actuator.equals(content.actuator().orElse(actuator))) {
                throw new IOException(
                        "holds locks made with actuator "
                                + content.actuator().orElse(actuator)
                                + ": start once with that one to reset them");
            }
            return new LockJournal(
                    absolute, actuator, guard, content, text(actuator, content.locked()));
        } catch (IOException e) {
            guard.close();
            throw e;
        }
    }

    /** GPUs that are locked or may be, with their engines. */
    public Map<String, EngineId> locked() {
        return Collections.unmodifiableMap(locked);
    }

    /** Number of the line that was unreadable when the journal was opened; 0 for none. */
    public int damagedLine() {
        return damagedLine;
    }

    /** Makes durable that these GPUs are about to be locked for this engine. */
    public void lock(EngineId engine, Collection<String> gpus) throws IOException {
        Map<String, EngineId> after = new LinkedHashMap<>(locked);
        gpus.forEach(gpu -> after.put(gpu, engine));
        append(gpus.stream().map(gpu -> new JournalLine.Locked(gpu, engine)).toList(), after);
    }

    /** Makes durable that these GPUs were reset. */
    public void reset(Collection<String> gpus) throws IOException {
        Map<String, EngineId> after = new LinkedHashMap<>(locked);
        gpus.forEach(after::remove);
        append(gpus.stream().map(JournalLine.Reset::new).toList(), after);
    }

    @Override
    public void close() throws IOException {
        try (guard) {
            channel.close();
        }
    }

    private void append(List<? extends JournalLine> lines, Map<String, EngineId> after)
            throws IOException {
        if (lines.isEmpty()) {
            return;
        }
        if (length > LONG) {
            byte[] text = text(actuator, after);
            FileChannel old = channel;
            channel = writtenAnew(text);
            length = text.length;
            old.close();
            makeMoveDurable();
        } else {
            // A failed write may have left a piece behind: cut it off before it can become a line
            // in the middle.
            channel.truncate(length);
            byte[] text = bytes(lines);
            write(channel, text, length);
            length += text.length;
        }
        locked.clear();
        locked.putAll(after);
    }

    private static void write(FileChannel channel, byte[] text, long position) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(text);
        while (buffer.hasRemaining()) {
            position += channel.write(buffer, position);
        }
        channel.force(true);
    }

    private FileChannel writtenAnew(byte[] text) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        FileChannel fresh =
                FileChannel.open(
                        beside,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
        try {
            write(fresh, text, 0);
            Files.move(
                    beside,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            return fresh;
        } catch (IOException e) {
            fresh.close();
            throw e;
        }
    }

    private void makeMoveDurable() throws IOException {
        try (FileChannel directory = FileChannel.open(directory())) {
            directory.force(true);
        }
    }

    private Path directory() {
        return Objects.requireNonNull(file.getParent(), "an absolute file has a directory");
    }

    private static byte[] text(String actuator, Map<String, EngineId> locked) {
        List<JournalLine> lines = new ArrayList<>();
        lines.add(new JournalLine.Header(actuator));
        locked.forEach((gpu, engine) -> lines.add(new JournalLine.Locked(gpu, engine)));
        return bytes(lines);
    }

    private static byte[] bytes(List<? extends JournalLine> lines) {
        return lines.stream()
                .map(JournalLine::text)
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static FileChannel guarded(Path file) throws IOException {
        FileChannel guard =
                FileChannel.open(
                        file.resolveSibling(file.getFileName() + ".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = guard.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            guard.close();
            throw new IOException("is in use by another guardian");
        }
        return guard;
    }
}
