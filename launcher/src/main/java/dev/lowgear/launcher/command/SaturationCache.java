package dev.lowgear.launcher.command;

import dev.lowgear.launcher.UsageException;
import dev.lowgear.simulator.study.Saturations;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Saturations that the next command need not find again. One process at a time has them; another
 * finds its own meanwhile and keeps none.
 */
final class SaturationCache implements Closeable {
    private final FileChannel lock;
    private final Saturations saturations;

    private SaturationCache(FileChannel lock, Saturations saturations) {
        this.lock = lock;
        this.saturations = saturations;
    }

    /**
     * Those kept in a folder.
     *
     * @throws UsageException if they cannot be read; the message says what to do
     */
    static SaturationCache in(Path folder) throws IOException {
        Path file = folder.resolve("saturations.jsonl");
        FileChannel lock;
        try {
            Files.createDirectories(folder);
            lock =
                    FileChannel.open(
                            folder.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UsageException(
                    folder + " cannot be used (" + e + "): choose another with --data");
        }
        try {
            return new SaturationCache(
                    lock, isOurs(lock) ? Saturations.in(file) : Saturations.inMemory());
        } catch (IOException e) {
            lock.close();
            throw new UsageException(
                    e.getMessage() + "; or remove " + file + ", which is made again");
        }
    }

    private static boolean isOurs(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    Saturations saturations() {
        return saturations;
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            saturations.close();
        }
    }
}
