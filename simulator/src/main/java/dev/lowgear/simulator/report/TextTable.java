package dev.lowgear.simulator.report;

import java.util.List;

/**
 * Rows under a header for a terminal: the first column to the left, all others to the right, each
 * as wide as its widest cell.
 *
 * @param header names of the columns
 * @param rows each with a cell for every column
 */
public record TextTable(List<String> header, List<List<String>> rows) {
    private static final String GAP = "  ";

    public TextTable {
        header = List.copyOf(header);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<String> row : rows) {
            if (row.size() != header.size()) {
                throw new IllegalArgumentException(
                        "a row has " + header.size() + " cells, got " + row);
            }
        }
    }

    /** A line for the header and one for each row. */
    public String text() {
        var text = new StringBuilder();
        append(text, header);
        rows.forEach(row -> append(text, row));
        return text.toString();
    }

    private void append(StringBuilder text, List<String> cells) {
        var line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            String blanks = " ".repeat(width(column) - cell.length());
            line.append(column == 0 ? cell + blanks : GAP + blanks + cell);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private int width(int column) {
        int width = header.get(column).length();
        for (List<String> row : rows) {
            width = Math.max(width, row.get(column).length());
        }
        return width;
    }
}
