package dev.lowgear.simulator.trace;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The formats that can be read. A first line tells the format, but not one Azure from another. */
@SuppressWarnings("ImmutableEnumChecker") // List.of and constructor references hold no state
public enum TraceFormat {
    /** Ours: {@code arrival_ms,prompt_tokens,output_tokens}, arrivals ascending from any origin. */
    LOWGEAR(LowgearRows.COLUMNS, LowgearRows::new),
    /** Azure/AzurePublicDataset 2023 (Splitwise): two services, one hour each. */
    AZURE_2023(AzureRows.COLUMNS, AzureRows::new),
    /** Azure/AzurePublicDataset 2024 (DynamoLLM): two services, one week each. */
    AZURE_2024(AzureRows.COLUMNS, AzureRows::new),
    /** HPMLL/BurstGPT: months of one campus. */
    BURSTGPT(BurstGptRows.COLUMNS, BurstGptRows::new),
    /** Mooncake (FAST'25): JSON lines, no header. */
    MOONCAKE(List.of(), header -> new MooncakeRows());

    private final List<String> columns;

    private final Function<CsvHeader, RowParser> parser;

    TraceFormat(List<String> columns, Function<CsvHeader, RowParser> parser) {
        this.columns = columns;
        this.parser = parser;
    }

    /** The first line of such a file, with no more columns than are read; empty if it has none. */
    public String header() {
        return String.join(",", columns);
    }

    boolean hasHeader() {
        return !columns.isEmpty();
    }

    /**
     * What reads the rows of a file with that first line.
     *
     * @throws IllegalArgumentException saying which columns are missing
     */
    RowParser parser(String firstLine) {
        CsvHeader found = CsvHeader.of(firstLine);
        List<String> missing = found.missing(columns);
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected a header with " + header() + "; missing " + missing);
        }
        return parser.apply(found);
    }

    /** The name used on the command line, for example {@code azure-2023}. */
    public String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The format of that name.
     *
     * @throws IllegalArgumentException listing the names there are
     */
    public static TraceFormat parse(String option) {
        return Arrays.stream(values())
                .filter(format -> format.option().equals(option))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "no trace format '" + option + "'; there are " + options()));
    }

    /**
     * The format of a file with that first line.
     *
     * @throws IllegalArgumentException listing the headers there are
     */
    static TraceFormat of(String firstLine) {
        if (firstLine.stripLeading().startsWith("{")) {
            return MOONCAKE;
        }
        CsvHeader header = CsvHeader.of(firstLine);
        return Arrays.stream(values())
                .filter(format -> format.hasHeader() && header.missing(format.columns).isEmpty())
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "expected a header, one of: "
                                        + Arrays.stream(values())
                                                .filter(TraceFormat::hasHeader)
                                                .map(TraceFormat::header)
                                                .distinct()
                                                .collect(Collectors.joining(" | "))));
    }

    private static String options() {
        return Arrays.stream(values()).map(TraceFormat::option).collect(Collectors.joining(", "));
    }
}
