package dev.lowgear.guardian.gpu;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The clock of one simulated GPU: a memory-mapped file {@code <directory>/<uuid>} that the guardian
 * writes, the agent's simulated GPU reads at every iteration, and that outlives both, as the lock
 * of a real GPU does. Deleting it is a driver reload.
 *
 * <pre>
 *  offset  type                  meaning
 *       0  int, little endian    requested SM clock in MHz, 0 = default
 *       4  int                   reserved, 0
 *       8  long, little endian   clock changes since the file was created, resets included
 *      16  (end)
 * </pre>
 *
 * <p>Each field is read and written as one aligned volatile access: readers in any process see
 * whole values, the clock before its count. There is one writer.
 */
public final class SimulatedGpuFile implements AutoCloseable {
    /** What the file holds while no clock is locked. */
    public static final int DEFAULT_CLOCK = 0;

    private static final int LENGTH = 16;
    private static final VarHandle CLOCK = field(ValueLayout.JAVA_INT, 0);
    private static final VarHandle CHANGES = field(ValueLayout.JAVA_LONG, 8);

    private final Arena arena;
    private final MemorySegment memory;

    private SimulatedGpuFile(Arena arena, MemorySegment memory) {
        this.arena = arena;
        this.memory = memory;
    }

    private static VarHandle field(ValueLayout layout, long offset) {
        return MethodHandles.insertCoordinates(
                layout.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle(), 1, offset);
    }

    /**
     * Maps the file of a GPU, created at the default clock if there is none. Guardian and agent may
     * be different users of one group: whoever creates it lets the group write.
     */
    public static SimulatedGpuFile open(Path directory, String uuid) throws IOException {
        Files.createDirectories(directory);
        Path path = directory.resolve(uuid);
        createForTheGroup(path);
        try (FileChannel channel =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.size() < LENGTH) {
                // Writes zeros over what another process may just have created: never over a clock.
                channel.write(ByteBuffer.allocate(1), LENGTH - 1);
            }
            Arena arena = Arena.ofShared();
            return new SimulatedGpuFile(
                    arena, channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH, arena));
        }
    }

    private static void createForTheGroup(Path path) throws IOException {
        if (Files.exists(path)) {
            return;
        }
        // It appears with its rights: who finds it there must be able to open it.
        Path draft = Files.createTempFile(path.toAbsolutePath().getParent(), ".gpu", "");
        try {
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-rw-r--"));
            Files.createLink(path, draft);
        } catch (FileAlreadyExistsException e) {
            // Another process was faster: its file counts.
        } finally {
            Files.delete(draft);
        }
    }

    /** The requested SM clock in MHz, 0 for the default. */
    public int clockMhz() {
        return (int) CLOCK.getVolatile(memory);
    }

    /** How often the clock was set or reset. */
    public long changes() {
        return (long) CHANGES.getVolatile(memory);
    }

    /** Requests a clock; {@link #DEFAULT_CLOCK} gives the default back. */
    public void request(int clockMhz) {
        CLOCK.setVolatile(memory, clockMhz);
        CHANGES.setVolatile(memory, changes() + 1);
    }

    /** Unmaps the file; the clock stays. */
    @Override
    public void close() {
        arena.close();
    }
}
