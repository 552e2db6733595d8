package dev.lowgear.simulator.report;

import java.util.Locale;

/**
 * How a series looks: ten colours, and from one round of them to the next another dash and mark.
 */
final class SeriesStyle {
    static final int COLOURS = 10;

    private static final int DASHES = 3;
    private static final int MARKS = 5;

    /** For light and for dark pages; the first is for what others are measured against. */
    private static final String[][] PALETTE = {
        {"#6b7280", "#a3abb8"},
        {"#2f5fd0", "#82a4ff"},
        {"#c8541a", "#ff9b5c"},
        {"#1d8a4f", "#5fd08a"},
        {"#a23bb8", "#dd8cf0"},
        {"#a87900", "#efc13e"},
        {"#c22f52", "#ff7d98"},
        {"#0f8a96", "#4fd0da"},
        {"#7a4f2c", "#cfa27c"},
        {"#5d6f1a", "#b7cc5a"}
    };

    private SeriesStyle() {}

    /** Names for the colour and the dash of a series in the style sheet. */
    static String classes(int series) {
        return "c" + series % COLOURS + " d" + series / COLOURS % DASHES;
    }

    /** The mark of a series around a place. */
    static String mark(int series, double x, double y, double size, String hint) {
        String shape =
                switch (series % MARKS) {
                    case 0 -> circle(size);
                    case 1 -> "M%2$.1f %2$.1fH%1$.1fV%1$.1fH%2$.1fZ";
                    case 2 -> "M0 %2$.1fL%1$.1f %1$.1fH%2$.1fZ";
                    case 3 -> "M0 %4$.1fL%3$.1f 0L0 %3$.1fL%4$.1f 0Z";
                    default -> "M0 %1$.1fL%1$.1f %2$.1fH%2$.1fZ";
                };
        return String.format(
                Locale.ROOT,
                "<path class=\"mark %s\" transform=\"translate(%.1f %.1f)\" d=\"%s\">%s</path>\n",
                classes(series),
                x,
                y,
                String.format(Locale.ROOT, shape, size, -size, 1.3 * size, -1.3 * size),
                hint.isEmpty() ? "" : "<title>" + Page.escaped(hint) + "</title>");
    }

    private static String circle(double size) {
        return String.format(
                Locale.ROOT,
                "M%1$.1f 0A%2$.1f %2$.1f 0 1 0 %2$.1f 0A%2$.1f %2$.1f 0 1 0 %1$.1f 0Z",
                -size,
                size);
    }

    /** The colours as variables of a style sheet; {@code theme} 0 is light, 1 is dark. */
    static String variables(int theme) {
        var css = new StringBuilder();
        for (int i = 0; i < COLOURS; i++) {
            css.append(" --c").append(i).append(": ").append(PALETTE[i][theme]).append(";");
        }
        return css.toString();
    }

    /** The rules that use them. */
    static String rules() {
        var css = new StringBuilder();
        for (int i = 0; i < COLOURS; i++) {
            css.append(
                    ".c%1$d { stroke: var(--c%1$d) } .mark.c%1$d { fill: var(--c%1$d) }\n"
                            .formatted(i));
        }
        return css.append(".d1 { stroke-dasharray: 6 3 } .d2 { stroke-dasharray: 2 2 }\n")
                .toString();
    }
}
