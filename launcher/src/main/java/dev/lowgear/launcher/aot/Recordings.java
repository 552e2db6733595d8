package dev.lowgear.launcher.aot;

import dev.lowgear.infrastructure.process.TemporaryFolder;
import dev.lowgear.launcher.stack.DataFolder;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The recordings of the system on one data folder, from which caches are made once it has ended. A
 * JVM writes its recording when it exits; it counts only when the JVM was seen to exit in order.
 */
public final class Recordings {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;

    public Recordings(DataFolder data) {
        folder = data.recordings();
    }

    /** Forgets all of an earlier run: a start records what it runs itself. */
    public void clear() {
        TemporaryFolder.delete(folder);
    }

    /** Prepares one; returns the JVM options that make it. */
    List<String> begin(Recording recording) {
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(unfinished(recording.part()));
            Files.deleteIfExists(recorded(recording.part()));
            Files.write(description(recording.part()), JSON.writeValueAsBytes(recording));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot record in " + folder, e);
        }
        return List.of(
                "-XX:AOTMode=record",
                "-XX:AOTConfiguration=" + unfinished(recording.part()),
                "-Xlog:aot=error");
    }

    /** Says that the JVM of a part exited in order, so that its recording, if any, is whole. */
    public void end(String part) {
        try {
            // A JVM makes an empty file when it starts, to see that it can.
            if (Files.exists(unfinished(part)) && Files.size(unfinished(part)) > 0) {
                Files.move(unfinished(part), recorded(part), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot record in " + folder, e);
        }
    }

    /** Those that are whole. */
    List<Recording> whole() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.newDirectoryStream(folder, "*.json")) {
            var whole = new ArrayList<Recording>();
            for (var file : files) {
                var recording = JSON.readValue(Files.readAllBytes(file), Recording.class);
                if (Files.exists(recorded(recording.part()))) {
                    whole.add(recording);
                }
            }
            whole.sort((left, right) -> left.part().compareTo(right.part()));
            return whole;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }

    /** What the JVM of a part wrote. */
    Path recorded(String part) {
        return folder.resolve(part + ".aotconf");
    }

    private Path unfinished(String part) {
        return folder.resolve(part + ".aotconf.unfinished");
    }

    private Path description(String part) {
        return folder.resolve(part + ".json");
    }
}
