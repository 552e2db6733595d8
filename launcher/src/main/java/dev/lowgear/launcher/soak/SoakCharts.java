package dev.lowgear.launcher.soak;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The samples of a soak as lines in SVG, on one page that needs nothing else. */
final class SoakCharts {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 240;
    private static final String[] COLOURS = {
        "#4269d0", "#efb118", "#ff725c", "#6cc5b0", "#3ca951", "#ff8ab7", "#a463f2", "#97bbf5"
    };

    private final SoakResult result;

    SoakCharts(SoakResult result) {
        this.result = result;
    }

    String html() {
        var html =
                new StringBuilder("<!doctype html><meta charset=\"utf-8\"><title>Soak</title>\n");
        html.append("<style>body{font:14px sans-serif;margin:2em}svg{overflow:visible}</style>\n");
        html.append("<h1>Soak</h1>\n");
        for (var quantity : Quantity.values()) {
            var lines = new LinkedHashMap<String, Series>();
            for (var process : result.processes()) {
                if (process.series().containsKey(quantity)) {
                    lines.put(process.name(), process.of(quantity));
                }
            }
            html.append(chart((quantity.label() + " " + quantity.unit()).strip(), lines));
        }
        html.append(chart("lag, records", result.lag()));
        html.append(chart("rows written", result.rows()));
        return html.toString();
    }

    private String chart(String title, Map<String, Series> lines) {
        double longest = 1;
        double highest = 1;
        for (var series : lines.values()) {
            highest = Math.max(highest, series.max());
            longest = Math.max(longest, series.size() == 0 ? 0 : series.second(series.size() - 1));
        }
        var html = new StringBuilder();
        html.append(
                String.format(
                        Locale.ROOT,
                        "<h2>%s</h2><svg width=\"%d\" height=\"%d\">"
                                + "<rect width=\"%d\" height=\"%d\" fill=\"#f6f6f6\"/>\n",
                        title,
                        WIDTH + 200,
                        HEIGHT + 20,
                        WIDTH,
                        HEIGHT));
        double judged = result.judgedFrom() / longest * WIDTH;
        html.append(
                String.format(
                        Locale.ROOT,
                        "<line x1=\"%.1f\" x2=\"%.1f\" y2=\"%d\" stroke=\"#999\""
                                + " stroke-dasharray=\"4\"/>\n",
                        judged,
                        judged,
                        HEIGHT));
        html.append(String.format(Locale.ROOT, "<text x=\"4\" y=\"14\">%.0f</text>\n", highest));
        html.append(
                String.format(
                        Locale.ROOT,
                        "<text x=\"%d\" y=\"%d\">%.0f s</text>\n",
                        WIDTH - 50,
                        HEIGHT + 16,
                        longest));
        int number = 0;
        for (var line : lines.entrySet()) {
            var colour = COLOURS[number % COLOURS.length];
            html.append(
                    String.format(
                            Locale.ROOT,
                            "<polyline fill=\"none\" stroke=\"%s\" points=\"",
                            colour));
            var series = line.getValue();
            for (int i = 0; i < series.size(); i++) {
                html.append(
                        String.format(
                                Locale.ROOT,
                                "%.1f,%.1f ",
                                series.second(i) / longest * WIDTH,
                                HEIGHT - series.value(i) / highest * HEIGHT));
            }
            html.append(
                    String.format(
                            Locale.ROOT,
                            "\"/><text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>\n",
                            WIDTH + 10,
                            16 + 20 * number,
                            colour,
                            line.getKey()));
            number++;
        }
        return html.append("</svg>\n").toString();
    }
}
