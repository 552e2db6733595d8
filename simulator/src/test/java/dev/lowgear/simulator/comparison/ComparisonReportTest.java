package dev.lowgear.simulator.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.simulator.study.Interval;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;

class ComparisonReportTest {
    /** Savings 10, 20, 40 and 8, 17, 38 percent: far apart by seed, close to each other in each. */
    private static final ComparisonResult RESULT =
            new HandMade()
                    .with("maximum-clock", 10, 100, 200, 50)
                    .with("lowgear", 9, 90, 160, 30)
                    .with("pid", 8, 92, 166, 31)
                    .result();

    private final JsonNode json = new JsonMapper().readTree(new ComparisonReport(RESULT).json());

    /**
     * Mean 70/3, standard deviation 15.2753, t(.975; 2) = 4.303: 4.303 · 15.2753 / √3 = 37.949 on
     * each side.
     */
    @Test
    void savesAgainstTheMaximumClockOfTheSameSeed() {
        assertThat(RESULT.runs(HandMade.RATE, "lowgear"))
                .extracting(run -> Math.round(RESULT.saving(run)))
                .containsExactly(10L, 20L, 40L);
        Interval saving = RESULT.saving(HandMade.RATE, "lowgear");
        assertThat(saving.mean()).isCloseTo(70 / 3.0, within(1e-9));
        assertThat(saving.halfWidth()).isCloseTo(37.949, within(1e-3));
    }

    /** Differences −2, −3, −2: mean −7/3, standard deviation .57735, so ± 1.4343. */
    @Test
    void comparesPoliciesSeedBySeed() {
        Interval difference = RESULT.difference(HandMade.RATE, "pid", "lowgear");
        assertThat(difference.mean()).isCloseTo(-7 / 3.0, within(1e-9));
        assertThat(difference.halfWidth()).isCloseTo(1.4343, within(1e-4));
        assertThat(difference.count()).isEqualTo(3);
    }

    @Test
    void takesAttainmentOverAllRequests() {
        assertThat(RESULT.attainment(HandMade.RATE, "pid")).isCloseTo(0.8, within(1e-12));
    }

    @Test
    void writesEveryRunAsJson() {
        JsonNode runs = json.path("runs");
        assertThat(runs.size()).isEqualTo(9);
        JsonNode run = runs.get(3);
        assertThat(run.propertyNames())
                .startsWith(
                        "policy",
                        "load",
                        "seed",
                        "energyJoules",
                        "tokens",
                        "joulesPerToken",
                        "savingPercent",
                        "attainment",
                        "ttftMs",
                        "tbtMs",
                        "e2eMs",
                        "clockSwitches",
                        "meanClockMhz",
                        "peakWatts",
                        "simulatedSeconds",
                        "wallSeconds",
                        "iterations");
        assertThat(run.path("policy").stringValue()).isEqualTo("lowgear");
        assertThat(run.path("load").isNull()).isTrue();
        assertThat(run.path("energyJoules").doubleValue()).isEqualTo(90);
        assertThat(run.path("joulesPerToken").doubleValue()).isEqualTo(0.9);
        assertThat(run.path("savingPercent").doubleValue()).isCloseTo(10, within(1e-9));
        assertThat(run.path("attainment").toString())
                .isEqualTo("{\"e2e\":0.9,\"tbt\":0.9,\"ttft\":1.0,\"all\":0.9}");
        assertThat(run.path("ttftMs").toString()).isEqualTo("{\"p50\":2.0,\"p99\":9.0}");
        assertThat(run.path("tbtMs").toString()).isEqualTo("{\"p50\":null,\"p99\":null}");
        assertThat(run.path("requestsPerSecond").doubleValue()).isEqualTo(2.5);
    }

    @Test
    void writesComparisonsOverSeedsAsJson() {
        JsonNode pid = json.path("comparisons").get(2);
        assertThat(pid.path("policy").stringValue()).isEqualTo("pid");
        assertThat(pid.path("against").stringValue()).isEqualTo("lowgear");
        JsonNode points = pid.path("differencePoints");
        assertThat(points.path("mean").doubleValue()).isCloseTo(-7 / 3.0, within(1e-9));
        assertThat(points.path("halfWidth95").doubleValue()).isCloseTo(1.4343, within(1e-4));
        assertThat(points.path("seeds").intValue()).isEqualTo(3);
    }

    @Test
    void hasNoIntervalWithOneSeed() {
        ComparisonResult one =
                new HandMade().with("maximum-clock", 10, 100).with("pid", 9, 50).result();
        JsonNode saving =
                new JsonMapper()
                        .readTree(new ComparisonReport(one).json())
                        .path("comparisons")
                        .get(1)
                        .path("savingPercent");
        assertThat(saving.path("mean").doubleValue()).isEqualTo(50);
        assertThat(saving.path("halfWidth95").isNull()).isTrue();
        assertThat(new ComparisonReport(one).text()).contains("one seed gives no interval");
    }

    @Test
    void writesARowForEveryRunAsCsv() {
        List<String> rows = new ComparisonReport(RESULT).csv().lines().toList();
        assertThat(rows).hasSize(10);
        int columns = rows.getFirst().split(",", -1).length;
        assertThat(rows).allMatch(row -> row.split(",", -1).length == columns);
        assertThat(rows.get(4))
                .isEqualTo(
                        "lowgear,,2.500000,1,10,9,10,9,9,90.000,10.000,100,0.9000,2.0000,9.0000,,,"
                                + "2.0000,9.0000,7,1200.0,300.0,60.000,12,0,0.250");
    }

    @Test
    void showsATableForEveryLoad() {
        String text = new ComparisonReport(RESULT).text();
        assertThat(text)
                .startsWith("Simulated: no figure here was measured on a GPU.\n")
                .contains("SLO <slo>.json: mean TBT 200 ms, E2E 22000 ms.")
                .contains("\n2.50 requests/s\npolicy ")
                .containsPattern("lowgear +23\\.3 ± 37\\.9 +– +90\\.00 +0\\.933 +9 +– +9 ")
                .containsPattern("pid +21\\.0 ± \\d+\\.\\d +-2\\.3 ± 1\\.4 +80\\.00");
    }

    @Test
    void takesNoNameForMarkup() {
        String html = new ComparisonReport(RESULT).html();
        assertThat(html)
                .contains("a &lt;trace&gt; &amp; more", "&lt;slo&gt;.json")
                .doesNotContain("<trace>", "<slo>", "<script", "http", "NaN");
    }
}
