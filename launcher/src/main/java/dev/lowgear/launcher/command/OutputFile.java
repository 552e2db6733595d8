package dev.lowgear.launcher.command;

import dev.lowgear.launcher.UsageException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that a command is asked to write: there whole or not at all, and what was there before
 * stays until then.
 *
 * @param option that names it
 * @param path where
 */
record OutputFile(String option, Path path) {
    /** Writes what is to be in it. */
    @FunctionalInterface
    interface Content {
        void writeTo(Writer writer) throws IOException;
    }

    /**
     * Refuses a place where nothing can be written.
     *
     * @throws UsageException naming the option
     */
    void requireWritable() {
        Path folder = path.toAbsolutePath().getParent();
        if (Files.isDirectory(path) || folder == null || !Files.isDirectory(folder)) {
            throw new UsageException(
                    option
                            + " "
                            + path
                            + " cannot be written: "
                            + (Files.isDirectory(path)
                                    ? "it is a folder"
                                    : "there is no folder " + folder));
        }
        if (!Files.isWritable(folder)) {
            throw new UsageException(
                    option + " " + path + " cannot be written: " + folder + " is not writable");
        }
    }

    /**
     * Writes it, beside its place first.
     *
     * @throws UsageException if it cannot be written
     */
    void write(Content content) throws IOException {
        requireWritable();
        Path beside =
                path.resolveSibling(
                        "." + path.getFileName() + "-" + ProcessHandle.current().pid() + ".part");
        try {
            try (Writer writer = Files.newBufferedWriter(beside)) {
                content.writeTo(writer);
            }
            Files.move(beside, path, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | UncheckedIOException e) {
            throw new UsageException(option + " " + path + " cannot be written: " + e.getMessage());
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
