package dev.lowgear.launcher.demo;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * The demonstration while it runs: on a terminal one table that is drawn over again, elsewhere a
 * line every ten seconds.
 */
final class LiveTable {
    private static final int BAR = 30;
    private static final int LINE_EVERY = 10;

    private final PrintWriter out;
    private final boolean terminal;
    private int drawnLines;
    private long draws;

    LiveTable(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /**
     * One engine in the table.
     *
     * @param name of the engine
     * @param now since the last draw
     * @param whole since the beginning
     * @param progress what its clients have seen
     */
    record Row(String name, Observation now, Observation whole, ClientTally.Progress progress) {}

    /**
     * Draws the table.
     *
     * @param elapsed seconds since the beginning
     * @param length seconds that requests arrive
     * @param requests how many each engine will get
     * @param model what is known about the model that steers
     */
    void draw(double elapsed, double length, int requests, List<Row> rows, String model) {
        if (terminal) {
            redraw(elapsed, length, requests, rows, model);
        } else if (draws++ % LINE_EVERY == 0) {
            out.println(line(elapsed, length, rows, model));
        }
        out.flush();
    }

    private void redraw(double elapsed, double length, int requests, List<Row> rows, String model) {
        if (drawnLines > 0) {
            out.printf("\033[%dA\033[J", drawnLines);
        }
        int done = (int) Math.round(BAR * Math.min(1, elapsed / length));
        out.printf(
                Locale.ROOT,
                "[%s%s] %3.0f s of %.0f s%n",
                "#".repeat(done),
                ".".repeat(BAR - done),
                elapsed,
                length);
        out.printf(
                Locale.ROOT,
                "%-10s %9s %9s %11s %11s %10s%n",
                "engine",
                "MHz",
                "W",
                "J",
                "requests",
                "attained");
        for (var row : rows) {
            out.printf(
                    Locale.ROOT,
                    "%-10s %9.0f %9.0f %11.0f %5d/%-5d %9.2f %%%n",
                    row.name(),
                    row.now().meanClockMhz(),
                    row.now().watts(),
                    row.whole().joules(),
                    row.progress().ended(),
                    requests,
                    100 * row.progress().attainment());
        }
        out.printf(Locale.ROOT, "saved      %.1f %% so far; model: %s%n", saving(rows), model);
        drawnLines = rows.size() + 3;
    }

    private static String line(double elapsed, double length, List<Row> rows, String model) {
        var text = new StringBuilder("%4.0f/%.0f s".formatted(elapsed, length));
        for (var row : rows) {
            text.append(
                    "  %s %.0f MHz %.0f W %d done %.2f %%"
                            .formatted(
                                    row.name(),
                                    row.now().meanClockMhz(),
                                    row.now().watts(),
                                    row.progress().ended(),
                                    100 * row.progress().attainment()));
        }
        return text.append("  saved %.1f %%, model: %s".formatted(saving(rows), model)).toString();
    }

    /** Per cent of the second row's joules that the first did not use. */
    private static double saving(List<Row> rows) {
        double control = rows.getLast().whole().joules();
        return control == 0 ? 0 : 100 * (1 - rows.getFirst().whole().joules() / control);
    }
}
