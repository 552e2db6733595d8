package dev.lowgear.simulator.report;

import java.util.List;
import java.util.function.Function;

/**
 * A page of HTML that needs nothing else: no script, no font, no picture from elsewhere. It is
 * light or dark as its reader has it.
 */
public final class Page {
    private static final String STYLE =
            """
            :root { color-scheme: light dark; --text: #1f2328; --back: #ffffff; --soft: #f3f4f6;
              --edge: #d0d4da; --grid: #e3e6ea; --good: #d9f2d9; --bad: #f8d7d7;%s }
            @media (prefers-color-scheme: dark) { :root { --text: #e4e7eb; --back: #15181c;
              --soft: #22262c; --edge: #3a4048; --grid: #2b3037; --good: #1e4527; --bad: #5a2428;%s } }
            body { font: 14px/1.45 system-ui, sans-serif; margin: 2em auto; padding: 0 1.5em;
              max-width: 1320px; color: var(--text); background: var(--back) }
            h2 { margin: 1.8em 0 .4em } p { max-width: 60em; margin: .4em 0 }
            .wide { overflow-x: auto }
            table { border-collapse: collapse; font-size: 12px; margin: .6em 0 }
            th, td { border: 1px solid var(--edge); padding: 3px 7px; text-align: left }
            td { font-variant-numeric: tabular-nums; white-space: nowrap }
            .numbers td + td, .numbers th + th { text-align: right }
            th { background: var(--soft) }
            .met { background: var(--good) } .not-met { background: var(--bad) }
            .charts { display: flex; flex-wrap: wrap; gap: 6px 18px; margin: .6em 0 }
            .legend { display: flex; flex-wrap: wrap; gap: 2px 18px; margin: .6em 0; padding: 0 }
            .legend li { list-style: none; display: flex; align-items: center; gap: 6px }
            svg { max-width: 100%%; height: auto; font: 11px system-ui, sans-serif }
            svg text { fill: var(--text) } svg .title { font-weight: 600 }
            .grid { stroke: var(--grid) } .rule { stroke: var(--text); stroke-dasharray: 4 3 }
            .word { font-size: 10px } .line, .whisker { fill: none; stroke-width: 1.6 }
            .whisker { stroke-width: 1; opacity: .8; stroke-dasharray: none }
            .mark { stroke-width: 1; stroke-dasharray: none }
            """
                    .formatted(SeriesStyle.variables(0), SeriesStyle.variables(1));

    private final StringBuilder html = new StringBuilder();

    /** An empty one. */
    public Page(String title) {
        html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width\"><title>")
                .append(escaped(title))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append(SeriesStyle.rules())
                .append("</style></head><body>\n<h1>")
                .append(escaped(title))
                .append("</h1>\n");
    }

    /** The heading of what follows. */
    public Page heading(String text) {
        html.append("<h2>").append(escaped(text)).append("</h2>\n");
        return this;
    }

    /** A paragraph; none if the text is empty. */
    public Page paragraph(String text) {
        if (!text.isEmpty()) {
            html.append("<p>").append(escaped(text)).append("</p>\n");
        }
        return this;
    }

    /** A table of words. */
    public Page table(List<String> header, List<List<String>> rows) {
        return table("", header, rows, row -> "");
    }

    /**
     * A table of words whose rows may be marked.
     *
     * @param mark {@code met} or {@code not-met} colours a row, anything else does not
     */
    public Page table(
            List<String> header,
            List<List<String>> rows,
            Function<? super List<String>, String> mark) {
        return table("", header, rows, mark);
    }

    /** A table with a name and then numbers in every row. */
    public Page numbers(List<String> header, List<List<String>> rows) {
        return table("numbers", header, rows, row -> "");
    }

    private Page table(
            String kind,
            List<String> header,
            List<List<String>> rows,
            Function<? super List<String>, String> mark) {
        html.append("<div class=\"wide\"><table class=\"").append(kind).append("\"><tr>");
        header.forEach(name -> html.append("<th>").append(escaped(name)));
        html.append("</tr>\n");
        for (List<String> row : rows) {
            html.append("<tr class=\"").append(escaped(mark.apply(row))).append("\">");
            row.forEach(cell -> html.append("<td>").append(escaped(cell)));
            html.append("</tr>\n");
        }
        html.append("</table></div>\n");
        return this;
    }

    /** What the series of the charts are, in their order. */
    public Page legend(List<String> names) {
        html.append("<ul class=\"legend\">\n");
        for (int series = 0; series < names.size(); series++) {
            html.append("<li><svg width=\"30\" height=\"12\"><line class=\"line ")
                    .append(SeriesStyle.classes(series))
                    .append("\" x1=\"0\" x2=\"30\" y1=\"6\" y2=\"6\"/>")
                    .append(SeriesStyle.mark(series, 15, 6, 4, ""))
                    .append("</svg>")
                    .append(escaped(names.get(series)))
                    .append("</li>\n");
        }
        html.append("</ul>\n");
        return this;
    }

    /** Charts, side by side where there is room. */
    public Page charts(List<Chart> charts) {
        html.append("<div class=\"charts\">\n");
        charts.forEach(chart -> html.append(chart.svg()));
        html.append("</div>\n");
        return this;
    }

    /** All of it. */
    public String html() {
        return html + "</body></html>\n";
    }

    /** Text as it stands in a page, between tags or in quotation marks. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
