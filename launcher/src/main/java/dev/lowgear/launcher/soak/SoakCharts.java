package dev.lowgear.launcher.soak;

import dev.lowgear.simulator.report.Axis;
import dev.lowgear.simulator.report.Chart;
import dev.lowgear.simulator.report.Page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The samples of a soak as lines, on one page that needs nothing else. */
final class SoakCharts {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 280;

    private final SoakResult result;

    SoakCharts(SoakResult result) {
        this.result = result;
    }

    String html() {
        var page = new Page("Soak");
        for (var quantity : Quantity.values()) {
            var lines = new LinkedHashMap<String, Series>();
            for (var process : result.processes()) {
                if (process.series().containsKey(quantity)) {
                    lines.put(process.name(), process.of(quantity));
                }
            }
            add(page, (quantity.label() + " " + quantity.unit()).strip(), lines);
        }
        add(page, "lag, records", result.lag());
        add(page, "rows written", result.rows());
        return page.html();
    }

    private void add(Page page, String title, Map<String, Series> lines) {
        double longest = 1;
        double highest = 1;
        for (var series : lines.values()) {
            highest = Math.max(highest, series.max());
            longest = Math.max(longest, series.size() == 0 ? 0 : series.second(series.size() - 1));
        }
        var chart =
                new Chart(
                        title,
                        Axis.exact("seconds", 0, longest),
                        Axis.linear(title, 0, highest),
                        WIDTH,
                        HEIGHT);
        chart.rule(result.judgedFrom(), "judged from here");
        int number = 0;
        for (var series : lines.values()) {
            double[] seconds = new double[series.size()];
            double[] values = new double[series.size()];
            for (int i = 0; i < series.size(); i++) {
                seconds[i] = series.second(i);
                values[i] = series.value(i);
            }
            chart.line(number++, seconds, values);
        }
        page.legend(List.copyOf(lines.keySet())).charts(List.of(chart));
    }
}
