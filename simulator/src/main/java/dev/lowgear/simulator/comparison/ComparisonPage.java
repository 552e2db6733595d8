package dev.lowgear.simulator.comparison;

import dev.lowgear.simulator.report.Page;
import dev.lowgear.simulator.study.Contender;

import java.util.List;

/** A comparison as a page: tables and charts of all, then of the runs of one load and seed. */
final class ComparisonPage {
    private final ComparisonResult result;
    private final ComparisonWords words;

    ComparisonPage(ComparisonResult result) {
        this.result = result;
        words = new ComparisonWords(result);
    }

    String html() {
        List<Demand> demands = result.plan().demands();
        List<String> names = result.plan().contenders().stream().map(Contender::name).toList();
        Demand shown = demands.get(demands.size() / 2);
        String where = " at " + words.demand(shown) + ", seed " + ComparisonResult.SHOWN_SEED;
        var page = new Page("Policies compared");
        words.setup().forEach(page::paragraph);

        var energy = new EnergyCharts(result);
        page.heading("Energy and attainment")
                .paragraph(
                        "Up is less energy, right is more promises kept: requests of all seeds,"
                                + " with most room just below 100 %. Whiskers are 95 % confidence"
                                + " over seeds, the dashed line is the attainment promised.")
                .legend(names)
                .charts(energy.atEachDemand())
                .charts(energy.overDemand());
        for (Demand demand : demands) {
            page.heading(words.demand(demand)).numbers(words.header(), words.rows(demand));
        }
        words.explanation().forEach(page::paragraph);

        var runs = new RunCharts(result, shown);
        page.heading("Latencies" + where)
                .paragraph(
                        "Share of the finished requests that took no longer. The dashed line is the"
                                + " target, where there is one.")
                .legend(names)
                .charts(runs.latencies());
        page.heading("Clock and batch" + where)
                .paragraph("Mean clock of the engines; requests begun, all engines together.")
                .charts(runs.overTime());
        return page.html();
    }
}
