package dev.lowgear.simulator.trace;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The formats that can be read, each with its header and its reader. */
public enum TraceFormat {
    /** Ours: {@code arrival_ms,prompt_tokens,output_tokens}, arrivals ascending from any origin. */
    LOWGEAR("arrival_ms,prompt_tokens,output_tokens", LowgearRows::new),
    /**
     * Azure/AzurePublicDataset 2023 (Splitwise): wall-clock time stamps with seven fractional
     * digits.
     */
    AZURE_2023("TIMESTAMP,ContextTokens,GeneratedTokens", AzureRows::new);

    private final String header;

    @SuppressWarnings("ImmutableEnumChecker") // a constructor reference holds no state
    private final Supplier<RowParser> parser;

    TraceFormat(String header, Supplier<RowParser> parser) {
        this.header = header;
        this.parser = parser;
    }

    /** The first line of such a file. */
    public String header() {
        return header;
    }

    RowParser newParser() {
        return parser.get();
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
     * The format whose header this line is.
     *
     * @throws IllegalArgumentException listing the headers there are
     */
    static TraceFormat ofHeader(String line) {
        return Arrays.stream(values())
                .filter(format -> format.header.equalsIgnoreCase(line.strip()))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "expected a header, one of: "
                                        + Arrays.stream(values())
                                                .map(TraceFormat::header)
                                                .collect(Collectors.joining(" | "))));
    }

    private static String options() {
        return Arrays.stream(values()).map(TraceFormat::option).collect(Collectors.joining(", "));
    }
}
