package dev.lowgear.launcher.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What came of a soak, as a table, as values and as pictures. */
public final class SoakReport {
    private static final double SECONDS_PER_HOUR = 3_600;

    private final SoakResult result;

    SoakReport(SoakResult result) {
        this.result = result;
    }

    /** Everything that must not be; empty when the soak has passed. */
    public List<String> complaints() {
        return result.complaints();
    }

    /** A Markdown table per process, the rest in words, and the verdict. */
    public String text() {
        var text = new StringBuilder();
        text.append(
                "| process | quantity | first | at the end | most | slope per hour | verdict |\n");
        text.append("|---|---|---:|---:|---:|---:|---|\n");
        for (var process : result.processes()) {
            process.series()
                    .forEach((quantity, series) -> {
                        if (series.size() > 0) {
                            text.append(row(process.name(), quantity, series));
                        }
                    });
        }
        text.append(
                String.format(
                        Locale.ROOT,
                        "%nslopes and verdicts from second %.0f on%n",
                        result.judgedFrom()));
        var requests = result.requests();
        text.append(
                String.format(
                        Locale.ROOT,
                        "requests: %d sent, %d answered, %d left by their clients, %d refused for"
                                + " load, %d refused rightly, %d wrong%n",
                        requests.sent(),
                        requests.answered(),
                        requests.left(),
                        requests.refused(),
                        requests.refusedRightly(),
                        requests.errors()));
        result.lag()
                .forEach((consumer, series) ->
                        text.append(
                                String.format(
                                        Locale.ROOT,
                                        "lag of %s: at most %.0f records, %.0f at the end%n",
                                        consumer,
                                        series.max(),
                                        series.last())));
        result.rows()
                .forEach((service, series) ->
                        text.append(
                                String.format(
                                        Locale.ROOT,
                                        "rows written by %s: %.0f%n",
                                        service,
                                        series.last())));
        text.append(
                String.format(
                        Locale.ROOT,
                        "policy changes: %d, error lines in logs: %d, restarts: %d%n",
                        result.policyChanges(),
                        result.errorLines().size(),
                        result.restarts()));
        var complaints = complaints();
        if (complaints.isEmpty()) {
            text.append("passed\n");
        } else {
            complaints.forEach(complaint -> text.append("FAILED: ").append(complaint).append('\n'));
        }
        return text.toString();
    }

    private String row(String process, Quantity quantity, Series series) {
        return String.format(
                Locale.ROOT,
                "| %s | %s %s | %.1f | %.1f | %.1f | %+.1f | %s |%n",
                process,
                quantity.label(),
                quantity.unit(),
                series.value(0),
                series.last(),
                series.max(),
                SECONDS_PER_HOUR * series.from(result.judgedFrom()).slope(),
                result.grows(quantity, series) ? "grows" : "flat");
    }

    /** Every sample: second, whose, what, value. */
    public void writeCsv(Path file) throws IOException {
        var lines = new ArrayList<String>();
        lines.add("second,of,quantity,value");
        for (var process : result.processes()) {
            process.series()
                    .forEach((quantity, series) ->
                            add(lines, process.name(), quantity.label(), series));
        }
        result.lag().forEach((consumer, series) -> add(lines, consumer, "lag", series));
        result.rows().forEach((service, series) -> add(lines, service, "rows written", series));
        Files.write(file, lines);
    }

    private static void add(List<String> lines, String of, String quantity, Series series) {
        for (int i = 0; i < series.size(); i++) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%.1f,%s,%s,%.2f",
                            series.second(i),
                            of,
                            quantity,
                            series.value(i)));
        }
    }

    /** A page with a chart per quantity. */
    public void writeHtml(Path file) throws IOException {
        Files.writeString(file, new SoakCharts(result).html());
    }
}
