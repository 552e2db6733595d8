package dev.lowgear.simulator.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class JsonLinesTest {
    private record Note(String text, double value) {}

    @TempDir Path folder;

    @Test
    void findsAgainWhatWasAppended() throws IOException {
        Path file = folder.resolve("new").resolve("notes.jsonl");
        append(file, new Note("a\nb", 0.1));
        append(file, new Note("ü", 1e-300));
        assertThat(found(file)).containsExactly(new Note("a\nb", 0.1), new Note("ü", 1e-300));
    }

    private static List<Note> found(Path file) throws IOException {
        try (var lines = JsonLines.open(file, Note.class)) {
            return lines.found();
        }
    }

    @Test
    void dropsALastLineThatWasOnlyHalfWritten() throws IOException {
        Path file = folder.resolve("notes.jsonl");
        append(file, new Note("first", 1));
        String whole = Files.readString(file);
        for (int cut = 1; cut < whole.length(); cut++) {
            Files.writeString(file, whole + whole.substring(0, cut));
            append(file, new Note("second", 2));
            assertThat(found(file)).containsExactly(new Note("first", 1), new Note("second", 2));
        }
    }

    @Test
    void refusesAWholeLineThatIsNoRecord() throws IOException {
        Path file = folder.resolve("notes.jsonl");
        append(file, new Note("first", 1));
        Files.writeString(file, Files.readString(file) + "{\"text\":\n");
        assertThatThrownBy(() -> found(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("notes.jsonl:2: no record of this version");
    }

    @Test
    void refusesARecordOfAnotherVersion() throws IOException {
        Path file = folder.resolve("notes.jsonl");
        Files.writeString(file, "{\"text\":\"first\"}\n");
        assertThatThrownBy(() -> found(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("notes.jsonl:1: no record of this version");
    }

    private static void append(Path file, Note note) throws IOException {
        try (var lines = JsonLines.open(file, Note.class)) {
            lines.append(note);
        }
    }
}
