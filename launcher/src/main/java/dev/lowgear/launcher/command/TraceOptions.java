package dev.lowgear.launcher.command;

import dev.lowgear.launcher.UsageException;
import dev.lowgear.simulator.trace.TraceFormat;
import dev.lowgear.simulator.trace.TraceReader;
import dev.lowgear.simulator.trace.TraceReader.BadRows;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How a trace file is to be read. */
final class TraceOptions {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "azure-2023, azure-2024, burstgpt, mooncake or lowgear. Standard: what"
                            + " its first line says.")
    private @Nullable String format;

    @Option(names = "--skip-bad", description = "Counts rows that cannot be read, and goes on.")
    private boolean skipBad;

    /** Whether any of them was given: without a file that is a contradiction. */
    boolean areGiven() {
        return format != null || skipBad;
    }

    /**
     * Refuses a format that there is not.
     *
     * @throws UsageException naming those there are
     */
    void requireKnownFormat() {
        format();
    }

    /**
     * Opens a trace.
     *
     * @throws UsageException if the file cannot be read, or there is no such format
     */
    TraceReader open(Path file) throws IOException {
        TraceFormat wanted = format();
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new UsageException(file + " cannot be read");
        }
        return TraceReader.open(file, wanted, skipBad ? BadRows.SKIP : BadRows.REFUSE);
    }

    private @Nullable TraceFormat format() {
        try {
            return format == null ? null : TraceFormat.parse(format);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
