package dev.lowgear.simulator.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Where a CSV trace has which column, by its first line: names in any case, in any order. */
final class CsvHeader {
    private static final double LATEST_NANOS = 4e18;

    private final List<String> columns;

    private CsvHeader(List<String> columns) {
        this.columns = columns;
    }

    static CsvHeader of(String line) {
        String text = line.startsWith("\uFEFF") ? line.substring(1) : line;
        return new CsvHeader(
                Arrays.stream(text.split(",", -1))
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .toList());
    }

    /** Those of the columns that are not here. */
    List<String> missing(List<String> wanted) {
        List<String> missing = new ArrayList<>();
        for (String name : wanted) {
            if (!columns.contains(name.toLowerCase(Locale.ROOT))) {
                missing.add(name);
            }
        }
        return missing;
    }

    /** The cells of a line below it. */
    Row row(String line) {
        String[] cells = line.split(",", -1);
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(
                    "expected " + columns.size() + " columns, found " + cells.length);
        }
        return new Row(cells);
    }

    /** One line's cells by column. */
    final class Row {
        private final String[] cells;

        private Row(String[] cells) {
            this.cells = cells;
        }

        String text(String column) {
            return cells[columns.indexOf(column.toLowerCase(Locale.ROOT))].strip();
        }

        /** At least {@code fewest}. */
        int tokens(String column, int fewest) {
            String cell = text(column);
            int tokens;
            try {
                tokens = Integer.parseInt(cell);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "expected a whole number in " + column + ", found '" + cell + "'", e);
            }
            if (tokens < fewest) {
                throw new IllegalArgumentException(
                        "expected at least " + fewest + " in " + column + ", found " + tokens);
            }
            return tokens;
        }

        /** An arrival of {@code nanosPerUnit} nanoseconds each, not negative. */
        long nanos(String column, double nanosPerUnit, String unit) {
            String cell = text(column);
            double time;
            try {
                time = Double.parseDouble(cell);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(expectedTime(column, unit, cell), e);
            }
            if (!(time >= 0 && time * nanosPerUnit < LATEST_NANOS)) {
                throw new IllegalArgumentException(expectedTime(column, unit, cell));
            }
            return Math.round(time * nanosPerUnit);
        }

        private static String expectedTime(String column, String unit, String cell) {
            return "expected " + unit + " in " + column + ", found '" + cell + "'";
        }
    }
}
