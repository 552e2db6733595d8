package dev.lowgear.launcher.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class SoakReportTest {
    private static final SoakTally.Counts FINE = new SoakTally.Counts(10, 7, 2, 0, 1, Map.of());

    @TempDir Path folder;

    @Test
    void passesWhatStaysFlat() {
        var report = report(rising(0), rising(0), FINE, List.of(), 0);
        assertThat(report.complaints()).isEmpty();
        assertThat(report.text())
                .contains("| agent | live heap MiB | 50.0 | 50.0 | 50.0 | +0.0 | flat |")
                .endsWith("passed\n");
    }

    @Test
    void complainsOfALeak() {
        var report = report(rising(0.05), rising(0), FINE, List.of(), 0);
        assertThat(report.complaints())
                .singleElement()
                .asString()
                .startsWith("live heap of agent grows: +30.0 MiB");
        assertThat(report.text()).contains("| +180.0 | grows |", "FAILED: live heap of agent");
    }

    @Test
    void complainsOfALagThatGrowsOrIsLeft() {
        assertThat(report(rising(0), rising(5), FINE, List.of(), 0).complaints())
                .containsExactly(
                        "lag of readers grows",
                        "readers was still 4550 records behind after the traffic");
    }

    @Test
    void complainsOfEveryKindOfError() {
        var wrong = new SoakTally.Counts(10, 5, 0, 1, 1, Map.of("STREAM: broken off", 2));
        assertThat(report(rising(0), rising(0), wrong, List.of("agent.log: …"), 3).complaints())
                .containsExactly(
                        "2 requests ended wrongly: STREAM: broken off",
                        "1 requests never ended",
                        "1 lines of logs are errors, the first: agent.log: …",
                        "parts were restarted 3 times");
    }

    @Test
    void writesEverySampleAndAChartOfEach() throws Exception {
        var report = report(rising(0.1), rising(1), FINE, List.of(), 0);
        var csv = folder.resolve("soak.csv");
        report.writeCsv(csv);
        assertThat(Files.readAllLines(csv))
                .startsWith("second,of,quantity,value", "0.0,agent,live heap,50.00")
                .contains("5.0,readers,lag,55.00")
                .hasSize(1 + 2 * 181);
        var html = folder.resolve("soak.html");
        report.writeHtml(html);
        assertThat(Files.readString(html)).contains("<polyline", "agent</li>", "readers</li>");
    }

    private static SoakReport report(
            Series heap, Series lag, SoakTally.Counts counts, List<String> errors, int restarts) {
        var agent = ProcessSamples.ofTree("agent", 0);
        for (int i = 0; i < heap.size(); i++) {
            agent.add(Quantity.LIVE_HEAP, heap.second(i), heap.value(i));
        }
        return new SoakReport(
                new SoakResult(
                        300,
                        List.of(agent),
                        Map.of("readers", lag),
                        Map.of(),
                        counts,
                        4,
                        errors,
                        restarts));
    }

    /** Fifteen minutes, every five seconds, from 50 on. */
    private static Series rising(double perSecond) {
        var series = new Series();
        for (int i = 0; i <= 180; i++) {
            series.add(5.0 * i, 50 + perSecond * 5.0 * i);
        }
        return series;
    }
}
