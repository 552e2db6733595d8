package dev.lowgear.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A published table of measurements: comma-separated, named columns, no quoting.
 *
 * @param file where it came from
 * @param columns names in order
 * @param rows cells in that order
 */
record MeasuredRows(Path file, List<String> columns, List<List<String>> rows) {

    /**
     * Reads a table.
     *
     * @throws IOException if it cannot be read, is empty, or a row has another number of cells; the
     *     message names file and line
     */
    static MeasuredRows read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty()) {
            throw new IOException(file + " is empty");
        }
        List<String> columns = cells(lines.getFirst());
        List<List<String>> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            List<String> row = cells(lines.get(i));
            if (row.size() != columns.size()) {
                throw new IOException(
                        file
                                + ":"
                                + (i + 1)
                                + " has "
                                + row.size()
                                + " cells, not "
                                + columns.size());
            }
            rows.add(row);
        }
        return new MeasuredRows(file, columns, rows);
    }

    /** The text in a column of a row. */
    String text(int row, String column) throws IOException {
        int index = columns.indexOf(column);
        if (index < 0) {
            throw new IOException(file + " has no column " + column);
        }
        return rows.get(row).get(index);
    }

    /** The number in a column of a row. */
    double number(int row, String column) throws IOException {
        String text = text(row, column);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IOException(
                    file + ":" + (row + 2) + ": " + column + " is no number: '" + text + "'", e);
        }
    }

    private static List<String> cells(String line) {
        return Arrays.asList(line.split(",", -1));
    }
}
