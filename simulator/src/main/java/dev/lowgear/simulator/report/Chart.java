package dev.lowgear.simulator.report;

import java.util.Locale;

/**
 * Lines and points of several series over two axes, as SVG. A series is a number: its colour, dash
 * and mark are the same in all charts of a {@link Page} and in its legend.
 */
public final class Chart {
    private static final int LEFT = 52;
    private static final int RIGHT = 14;
    private static final int TOP = 24;
    private static final int BOTTOM = 38;
    private static final double MARK = 4;
    private static final double WHISKER = 3;

    private final String title;
    private final Axis x;
    private final Axis y;
    private final int width;
    private final int height;
    private final StringBuilder shapes = new StringBuilder();

    /**
     * An empty one.
     *
     * @param title above it
     * @param width of the whole, in pixels
     * @param height of the whole
     */
    public Chart(String title, Axis x, Axis y, int width, int height) {
        this.title = title;
        this.x = x;
        this.y = y;
        this.width = width;
        this.height = height;
    }

    /**
     * A line through these points, as long as the shorter of the two; it breaks where one is NaN.
     */
    public Chart line(int series, double[] xs, double[] ys) {
        var points = new StringBuilder();
        for (int i = 0; i < Math.min(xs.length, ys.length); i++) {
            if (Double.isNaN(xs[i]) || Double.isNaN(ys[i])) {
                polyline(series, points);
                continue;
            }
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", left(xs[i]), top(ys[i])));
        }
        polyline(series, points);
        return this;
    }

    private void polyline(int series, StringBuilder points) {
        if (!points.isEmpty()) {
            shapes.append("<polyline class=\"line ")
                    .append(SeriesStyle.classes(series))
                    .append("\" points=\"")
                    .append(points.toString().strip())
                    .append("\"/>\n");
            points.setLength(0);
        }
    }

    /**
     * A mark.
     *
     * @param halfWidth of an interval around {@code yValue}; NaN for none
     * @param hint shown to who points at it
     */
    public Chart point(int series, double xValue, double yValue, double halfWidth, String hint) {
        double left = left(xValue);
        if (!Double.isNaN(halfWidth)) {
            double high = top(yValue + halfWidth);
            double low = top(yValue - halfWidth);
            shapes.append(
                    String.format(
                            Locale.ROOT,
                            "<path class=\"whisker %s\" d=\"M%.1f %.1fH%.1fM%.1f %.1fV%.1fM%.1f"
                                    + " %.1fH%.1f\"/>\n",
                            SeriesStyle.classes(series),
                            left - WHISKER,
                            high,
                            left + WHISKER,
                            left,
                            high,
                            low,
                            left - WHISKER,
                            low,
                            left + WHISKER));
        }
        shapes.append(SeriesStyle.mark(series, left, top(yValue), MARK, hint));
        return this;
    }

    /** A dashed line across at a value of the x axis, with a word beside it. */
    public Chart rule(double xValue, String word) {
        double left = left(xValue);
        if (left >= LEFT && left <= width - RIGHT) {
            shapes.append(
                    String.format(
                            Locale.ROOT,
                            "<line class=\"rule\" x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$d\""
                                    + " y2=\"%3$d\"/><text class=\"word\" x=\"%4$.1f\" y=\"%5$d\""
                                    + " text-anchor=\"end\">%6$s</text>\n",
                            left,
                            TOP,
                            height - BOTTOM,
                            left - 3,
                            TOP + 10,
                            Page.escaped(word)));
        }
        return this;
    }

    private double left(double value) {
        return LEFT + Math.clamp(x.at(value), 0, 1) * (width - LEFT - RIGHT);
    }

    private double top(double value) {
        return height - BOTTOM - Math.clamp(y.at(value), 0, 1) * (height - TOP - BOTTOM);
    }

    /** The drawing, to be put into a {@link Page}. */
    public String svg() {
        var svg = new StringBuilder();
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<svg role=\"img\" aria-label=\"%1$s\" width=\"%2$d\" height=\"%3$d\""
                                + " viewBox=\"0 0 %2$d %3$d\"><text class=\"title\" x=\"%4$d\""
                                + " y=\"14\">%1$s</text>\n",
                        Page.escaped(title),
                        width,
                        height,
                        LEFT));
        for (Axis.Tick tick : x.ticks()) {
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<line class=\"grid\" x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$d\""
                                    + " y2=\"%3$d\"/><text x=\"%1$.1f\" y=\"%4$d\""
                                    + " text-anchor=\"middle\">%5$s</text>\n",
                            left(tick.value()),
                            TOP,
                            height - BOTTOM,
                            height - BOTTOM + 14,
                            tick.text()));
        }
        for (Axis.Tick tick : y.ticks()) {
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<line class=\"grid\" x1=\"%1$d\" x2=\"%2$d\" y1=\"%3$.1f\""
                                    + " y2=\"%3$.1f\"/><text x=\"%4$d\" y=\"%5$.1f\""
                                    + " text-anchor=\"end\">%6$s</text>\n",
                            LEFT,
                            width - RIGHT,
                            top(tick.value()),
                            LEFT - 5,
                            top(tick.value()) + 4,
                            tick.text()));
        }
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>"
                                + "<text transform=\"translate(11 %d) rotate(-90)\""
                                + " text-anchor=\"middle\">%s</text>\n",
                        (LEFT + width - RIGHT) / 2,
                        height - 6,
                        Page.escaped(x.label()),
                        (TOP + height - BOTTOM) / 2,
                        Page.escaped(y.label())));
        return svg.append(shapes).append("</svg>\n").toString();
    }
}
