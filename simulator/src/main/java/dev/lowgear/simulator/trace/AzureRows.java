package dev.lowgear.simulator.trace;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;

/**
 * Rows of the Azure 2023 traces. Arrivals count from the first row's; the last line has no line
 * end.
 */
final class AzureRows implements RowParser {
    private static final DateTimeFormatter TIMESTAMP =
            new DateTimeFormatterBuilder()
                    .appendPattern("yyyy-MM-dd HH:mm:ss")
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                    .toFormatter();

    private @Nullable LocalDateTime first;

    @Override
    public TraceRequest parse(String line) {
        Columns columns = Columns.of(line);
        LocalDateTime time;
        try {
            time = LocalDateTime.parse(columns.time(), TIMESTAMP);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "expected a time stamp like 2023-11-16 18:17:03.9799600, found '"
                            + columns.time()
                            + "'",
                    e);
        }
        if (first == null) {
            first = time;
        }
        long arrivalNanos = Duration.between(first, time).toNanos();
        if (arrivalNanos < 0) {
            throw new IllegalArgumentException("expected arrivals in ascending order");
        }
        return new TraceRequest(arrivalNanos, columns.promptTokens(), columns.outputTokens());
    }
}
