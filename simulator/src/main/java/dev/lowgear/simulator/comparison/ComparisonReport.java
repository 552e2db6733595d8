package dev.lowgear.simulator.comparison;

import dev.lowgear.simulator.report.TextTable;

/** What a comparison came to, for people and for programs. */
public final class ComparisonReport {
    private final ComparisonResult result;

    /** Of that result. */
    public ComparisonReport(ComparisonResult result) {
        this.result = result;
    }

    /** A table for each load, and what was compared, for a terminal. */
    public String text() {
        var words = new ComparisonWords(result);
        var text = new StringBuilder();
        words.setup().forEach(line -> text.append(line).append('\n'));
        for (Demand demand : result.plan().demands()) {
            text.append('\n').append(words.demand(demand)).append('\n');
            text.append(new TextTable(words.header(), words.rows(demand)).text());
        }
        text.append('\n');
        words.explanation().forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /** A row for every run. */
    public String csv() {
        return ComparisonCsv.of(result);
    }

    /** Every run and every comparison over seeds. */
    public String json() {
        return ComparisonJson.of(result);
    }

    /** Tables and charts on a page that needs nothing else. */
    public String html() {
        return new ComparisonPage(result).html();
    }
}
