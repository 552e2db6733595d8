package dev.lowgear.launcher.supervision;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What runs, as the supervisor writes it for others to read.
 *
 * @param supervisor its process
 * @param startedAt since when it runs
 * @param parts every part, in order of start
 */
public record SystemState(long supervisor, Instant startedAt, List<PartState> parts) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public SystemState {
        parts = List.copyOf(parts);
    }

    /** Whether every part is ready. */
    public boolean allReady() {
        return parts.stream().allMatch(part -> part.phase() == PartState.Phase.READY);
    }

    /** Reads what was written last; empty when nothing was. */
    public static Optional<SystemState> read(Path file) {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), SystemState.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Writes it in one step: a reader sees the old state or the new one. */
    void write(Path file) {
        try {
            var unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
            Files.write(unfinished, JSON.writeValueAsBytes(this));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
