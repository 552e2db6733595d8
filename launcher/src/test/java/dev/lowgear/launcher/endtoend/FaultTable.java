package dev.lowgear.launcher.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What was measured, as docs/operations.md shows it. */
final class FaultTable {
    private static final String HEAD =
            """
            | fault | clients: requests during the outage | default gear after | serving again after | under control again after | of which after the restart |
            |---|---|---|---|---|---|
            """;

    private final List<String> rows = new ArrayList<>();

    /**
     * A fault and its consequences, times in ns since it; negative for none.
     *
     * @param fault such as {@code kill -9 agent}
     * @param endings how requests ended that were under way, or came before it was over
     * @param defaultGear until the default gear was in force
     * @param restarted until the part was ready again; negative where another took over
     * @param serving until a request came that was completed
     * @param control until a clock was locked again
     */
    record Row(
            String fault,
            Map<Ending, Integer> endings,
            long defaultGear,
            long restarted,
            long serving,
            long control) {}

    void add(Row row) {
        var endings =
                row.endings.entrySet().stream()
                        .map(entry ->
                                entry.getValue()
                                        + " "
                                        + entry.getKey().name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "));
        rows.add(
                "| %s | %s | %s | %s | %s | %s |"
                        .formatted(
                                row.fault,
                                endings,
                                seconds(row.defaultGear),
                                seconds(row.serving),
                                seconds(row.control),
                                row.control < 0 || row.restarted < 0
                                        ? "–"
                                        : seconds(Math.max(0, row.control - row.restarted))));
    }

    private static String seconds(long nanos) {
        return nanos < 0 ? "–" : "%.1f s".formatted(nanos / 1e9);
    }

    /** Prints it, and leaves it in a file. */
    void print(Path file) {
        var text = HEAD + String.join("\n", rows) + "\n";
        System.out.print(text);
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
