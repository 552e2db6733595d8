package dev.lowgear.simulator.trace;

import java.util.List;

/** Rows of our own format. */
record LowgearRows(CsvHeader header) implements RowParser {
    private static final String ARRIVAL = "arrival_ms";
    private static final String PROMPT = "prompt_tokens";
    private static final String OUTPUT = "output_tokens";

    static final List<String> COLUMNS = List.of(ARRIVAL, PROMPT, OUTPUT);

    @Override
    public Row parse(String line) {
        CsvHeader.Row row = header.row(line);
        return new Row(
                row.nanos(ARRIVAL, 1e6, "milliseconds"),
                row.tokens(PROMPT, 1),
                row.tokens(OUTPUT, 1));
    }
}
