package dev.lowgear.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

class PageTest {
    private static final String EVIL = "<script>\"&'</script>";

    @Test
    void takesNoTextForMarkup() {
        var chart =
                new Chart(EVIL, Axis.linear(EVIL, 0, 1), Axis.exact(EVIL, 0, 1), 300, 200)
                        .rule(0.5, EVIL)
                        .point(0, 0.5, 0.5, 0.1, EVIL);
        String html =
                new Page(EVIL)
                        .heading(EVIL)
                        .paragraph(EVIL)
                        .table(List.of(EVIL), List.of(List.of(EVIL)))
                        .table(List.of("a"), List.of(List.of("b")), row -> EVIL)
                        .numbers(List.of(EVIL), List.of(List.of(EVIL)))
                        .legend(List.of(EVIL))
                        .charts(List.of(chart))
                        .html();
        assertThat(html)
                .doesNotContain("<script")
                .contains("&lt;script&gt;&quot;&amp;'&lt;/script&gt;");
    }

    @Test
    void needsNothingFromElsewhere() {
        String html = new Page("a").legend(List.of("b")).html();
        assertThat(html)
                .doesNotContain("http", "url(", "@import", "src=")
                .contains("prefers-color-scheme: dark")
                .endsWith("</body></html>\n");
    }

    @Test
    void marksRowsByTheirVerdict() {
        String html =
                new Page("a")
                        .table(
                                List.of("what", "verdict"),
                                List.of(List.of("x", "met")),
                                List::getLast)
                        .html();
        assertThat(html).contains("<tr class=\"met\"><td>x<td>met</tr>");
    }

    @Test
    void showsManySeriesDifferently() {
        List<String> marks =
                IntStream.range(0, 30)
                        .mapToObj(series -> SeriesStyle.mark(series, 0, 0, 4, ""))
                        .toList();
        assertThat(marks).doesNotHaveDuplicates();
    }

    @Test
    void breaksALineWhereNothingIsKnown() {
        String svg =
                new Chart("a", Axis.exact("x", 0, 4), Axis.exact("y", 0, 1), 300, 200)
                        .line(
                                1,
                                new double[] {0, 1, 2, 3, 4},
                                new double[] {0, 1, Double.NaN, 1, 0})
                        .line(2, new double[] {Double.NaN}, new double[] {1})
                        .svg();
        assertThat(svg.split("<polyline", -1)).hasSize(3);
    }

    @Test
    void keepsWhatLiesOutsideAtTheEdge() {
        String svg =
                new Chart("a", Axis.exact("x", 0, 1), Axis.exact("y", 0, 1), 300, 200)
                        .point(0, 7, -7, Double.NaN, "")
                        .rule(7, "gone")
                        .svg();
        assertThat(svg).contains("translate(286.0 162.0)");
    }
}
