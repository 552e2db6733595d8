package dev.lowgear.simulator.comparison;

/**
 * How long a comparison is.
 *
 * @param seeds engines with their own physics, noise and stretch of the trace: 1 to 1000
 * @param requests of one run, for each engine: 10 to a million
 * @param searchSeconds given to a search for a schedule in hindsight: 1 to 3600
 */
public record Extent(int seeds, int requests, int searchSeconds) {
    public Extent {
        require("seeds", seeds, 1, 1_000);
        require("requests", requests, 10, 1_000_000);
        require("search seconds", searchSeconds, 1, 3_600);
    }

    private static void require(String what, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(
                    what + " are " + low + " to " + high + ", got " + value);
        }
    }
}
