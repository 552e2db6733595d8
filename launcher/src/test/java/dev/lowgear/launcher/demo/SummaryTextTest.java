package dev.lowgear.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class SummaryTextTest {
    private static final DemoSummary SUMMARY =
            new DemoSummary(
                    301.5,
                    520,
                    new Targets(null, 200.0, null, 22_000.0, 0.99),
                    new DemoSummary.Side(
                            60_000, 90_000, 0.667, 0.998, 900, 110, 15_000, 1_050, 400),
                    new DemoSummary.Side(100_000, 90_000, 1.111, 1, 500, 60, 11_000, 1_395, 0),
                    40,
                    new DemoSummary.LearnedModel(0.99, 0.03, 0.2, 12_000, 3));

    @Test
    void writesAbsentTargetsAsNull() {
        assertThat(new String(SummaryText.json(SUMMARY), StandardCharsets.UTF_8))
                .isEqualToIgnoringWhitespace(
                        """
                        {"seconds": 301.5, "requests": 520,
                         "slo": {"ttftMs": null, "tbtMeanMs": 200.0, "tbtTailMs": null,
                                 "e2eMs": 22000.0, "attainment": 0.99},
                         "governed": {"joules": 60000.0, "tokens": 90000, "joulesPerToken": 0.667,
                                      "attainment": 0.998, "ttftP99Ms": 900.0, "tbtP99Ms": 110.0,
                                      "e2eP99Ms": 15000.0, "meanClockMhz": 1050.0, "directives": 400},
                         "control": {"joules": 100000.0, "tokens": 90000, "joulesPerToken": 1.111,
                                     "attainment": 1.0, "ttftP99Ms": 500.0, "tbtP99Ms": 60.0,
                                     "e2eP99Ms": 11000.0, "meanClockMhz": 1395.0, "directives": 0},
                         "savingPercent": 40.0,
                         "model": {"r2": 0.99, "mape": 0.03, "priorMape": 0.2, "samples": 12000,
                                   "version": 3}}
                        """);
    }

    @Test
    void saysWhatWasSavedAndLearned() {
        assertThat(SummaryText.text(SUMMARY))
                .contains("saved 40.0 % of the energy in 302 s, attainment -0.20 points")
                .contains("model version 3, learned from 12000 iterations");
    }
}
