package dev.lowgear.launcher.chat;

import java.util.Arrays;

/** Nearest-rank percentiles. */
public final class Percentile {
    private Percentile() {}

    /**
     * The smallest value that at least this share of the values does not exceed; zero of nothing.
     *
     * @param share in (0, 1]
     */
    public static double of(double[] values, double share) {
        if (values.length == 0) {
            return 0;
        }
        var sorted = values.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(rank, 1) - 1];
    }
}
