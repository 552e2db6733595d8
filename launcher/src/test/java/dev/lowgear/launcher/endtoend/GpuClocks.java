package dev.lowgear.launcher.endtoend;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The clocks that simulated GPUs are locked to, read where the GPU reads them: from their files,
 * whoever lives or not.
 */
final class GpuClocks {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int DEFAULT_CLOCK = 0;

    private final List<Path> files;

    GpuClocks(Path folder, List<String> uuids) {
        files = uuids.stream().map(folder::resolve).toList();
    }

    private static int requestedMhz(Path file) {
        try {
            return ByteBuffer.wrap(Files.readAllBytes(file))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getInt(0);
        } catch (IOException e) {
            throw new AssertionError("no clock in " + file, e);
        }
    }

    boolean areDefault() {
        return files.stream().allMatch(file -> requestedMhz(file) == DEFAULT_CLOCK);
    }

    private boolean areLocked() {
        return files.stream().noneMatch(file -> requestedMhz(file) == DEFAULT_CLOCK);
    }

    /** Waits until no GPU is locked; when that was seen. */
    long awaitDefault() {
        return await("the default clock on " + files, true);
    }

    /** Waits until every GPU is locked; when that was seen. */
    long awaitLocked() {
        return await("a locked clock on " + files, false);
    }

    private long await(String what, boolean isDefault) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            long now = System.nanoTime();
            if (isDefault ? areDefault() : areLocked()) {
                return now;
            }
            if (now - deadline > 0) {
                throw new AssertionError("not within " + PATIENCE + ": " + what);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
