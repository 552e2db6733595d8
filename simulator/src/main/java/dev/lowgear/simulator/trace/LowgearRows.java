package dev.lowgear.simulator.trace;

/** Rows of our own format. Arrivals count from the first row's. */
final class LowgearRows implements RowParser {
    private double firstMillis = Double.NaN;

    @Override
    public TraceRequest parse(String line) {
        Columns columns = Columns.of(line);
        double millis;
        try {
            millis = Double.parseDouble(columns.time());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "expected an arrival in milliseconds, found '" + columns.time() + "'", e);
        }
        if (!(millis >= 0 && millis < 1e15)) {
            throw new IllegalArgumentException(
                    "expected an arrival in milliseconds, found '" + columns.time() + "'");
        }
        if (Double.isNaN(firstMillis)) {
            firstMillis = millis;
        }
        if (millis < firstMillis) {
            throw new IllegalArgumentException("expected arrivals in ascending order");
        }
        return new TraceRequest(
                Math.round((millis - firstMillis) * 1e6),
                columns.promptTokens(),
                columns.outputTokens());
    }
}
