package dev.lowgear.simulator.trace;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/**
 * Rows of BurstGPT (HPMLL/BurstGPT). Its first part has neither session ids nor elapsed times. A
 * request that failed has no response tokens: it is left out, because nobody knows how long its
 * answer would have been.
 */
record BurstGptRows(CsvHeader header) implements RowParser {
    private static final String TIME = "Timestamp";
    private static final String PROMPT = "Request tokens";
    private static final String OUTPUT = "Response tokens";
    private static final String LOG = "Log Type";
    private static final Set<String> LOGS = Set.of("Conversation log", "API log");

    static final List<String> COLUMNS = List.of(TIME, "Model", PROMPT, OUTPUT, LOG);

    @Override
    public @Nullable Row parse(String line) {
        CsvHeader.Row row = header.row(line);
        if (!LOGS.contains(row.text(LOG))) {
            throw new IllegalArgumentException(
                    "expected 'Conversation log' or 'API log' in Log Type, found '"
                            + row.text(LOG)
                            + "'");
        }
        long nanos = row.nanos(TIME, 1e9, "seconds");
        int output = row.tokens(OUTPUT, 0);
        return output == 0 ? null : new Row(nanos, row.tokens(PROMPT, 1), output);
    }
}
