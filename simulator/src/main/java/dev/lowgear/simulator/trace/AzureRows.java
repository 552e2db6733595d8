package dev.lowgear.simulator.trace;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;

/**
 * Rows of the Azure traces. 2023 has wall-clock time stamps with seven fractional digits and no
 * zone, and no end of its last line; 2024 has up to six digits, none on a full second, and a zone.
 */
record AzureRows(CsvHeader header) implements RowParser {
    private static final String TIME = "TIMESTAMP";
    private static final String PROMPT = "ContextTokens";
    private static final String OUTPUT = "GeneratedTokens";

    static final List<String> COLUMNS = List.of(TIME, PROMPT, OUTPUT);

    private static final DateTimeFormatter TIMESTAMP =
            new DateTimeFormatterBuilder()
                    .appendPattern("yyyy-MM-dd HH:mm:ss")
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                    .optionalStart()
                    .appendOffset("+HH:MM", "Z")
                    .toFormatter();

    @Override
    public Row parse(String line) {
        CsvHeader.Row row = header.row(line);
        return new Row(nanos(row.text(TIME)), row.tokens(PROMPT, 1), row.tokens(OUTPUT, 1));
    }

    private static long nanos(String cell) {
        TemporalAccessor parsed;
        try {
            parsed = TIMESTAMP.parseBest(cell, OffsetDateTime::from, LocalDateTime::from);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "expected a time stamp like 2023-11-16 18:17:03.9799600 in TIMESTAMP, found '"
                            + cell
                            + "'",
                    e);
        }
        OffsetDateTime time =
                parsed instanceof OffsetDateTime zoned
                        ? zoned
                        : LocalDateTime.from(parsed).atOffset(ZoneOffset.UTC);
        return time.toEpochSecond() * 1_000_000_000 + time.getNano();
    }
}
