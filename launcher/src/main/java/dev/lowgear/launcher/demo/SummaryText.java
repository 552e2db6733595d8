package dev.lowgear.launcher.demo;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.util.Locale;

/** A demonstration's findings, for people and for programs. */
public final class SummaryText {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private SummaryText() {}

    /** One JSON object. */
    public static byte[] json(DemoSummary summary) {
        return JSON.writeValueAsBytes(summary);
    }

    /** A few lines. */
    public static String text(DemoSummary summary) {
        var text = new StringBuilder();
        text.append(
                "%-10s %10s %10s %9s %10s %9s %9s %9s %7s%n"
                        .formatted(
                                "engine",
                                "joules",
                                "J/token",
                                "attained",
                                "TTFT p99",
                                "TBT p99",
                                "E2E p99",
                                "mean MHz",
                                "gears"));
        append(text, "governed", summary.governed());
        append(text, "control", summary.control());
        text.append(
                String.format(
                        Locale.ROOT,
                        "saved %.1f %% of the energy in %.0f s, attainment %+.2f points%n",
                        summary.savingPercent(),
                        summary.seconds(),
                        100 * (summary.governed().attainment() - summary.control().attainment())));
        var model = summary.model();
        text.append(
                model == null
                        ? "no model was learned in this time\n"
                        : String.format(
                                Locale.ROOT,
                                "model version %d, learned from %d iterations in this run: R2 %.4f,"
                                    + " off by %.1f %% where the untrained one is off by %.1f %%%n",
                                model.version(),
                                model.samples(),
                                model.r2(),
                                100 * model.mape(),
                                100 * model.priorMape()));
        return text.toString();
    }

    private static void append(StringBuilder text, String name, DemoSummary.Side side) {
        text.append(
                String.format(
                        Locale.ROOT,
                        "%-10s %10.0f %10.3f %7.2f %% %7.0f ms %6.0f ms %6.0f ms %9.0f %7d%n",
                        name,
                        side.joules(),
                        side.joulesPerToken(),
                        100 * side.attainment(),
                        side.ttftP99Ms(),
                        side.tbtP99Ms(),
                        side.e2eP99Ms(),
                        side.meanClockMhz(),
                        side.directives()));
    }
}
