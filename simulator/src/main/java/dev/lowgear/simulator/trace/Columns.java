package dev.lowgear.simulator.trace;

/** The three comma-separated columns that every CSV trace here has. */
record Columns(String time, int promptTokens, int outputTokens) {
    static Columns of(String line) {
        String[] cells = line.split(",", -1);
        if (cells.length != 3) {
            throw new IllegalArgumentException("expected 3 columns, found " + cells.length);
        }
        return new Columns(
                cells[0].strip(),
                tokens("prompt tokens", cells[1]),
                tokens("output tokens", cells[2]));
    }

    private static int tokens(String column, String cell) {
        try {
            int tokens = Integer.parseInt(cell.strip());
            if (tokens >= 1) {
                return tokens;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "expected a whole number of " + column + ", found '" + cell.strip() + "'", e);
        }
        throw new IllegalArgumentException(
                "expected at least one of " + column + ", found '" + cell.strip() + "'");
    }
}
