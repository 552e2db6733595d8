package dev.lowgear.simulator.study;

import java.util.Locale;

/**
 * A mean with its 95 % confidence interval by Student's t.
 *
 * @param mean of the values; NaN if there are none
 * @param halfWidth of the interval; NaN with fewer than two values
 * @param count of the values
 */
public record Interval(double mean, double halfWidth, int count) {
    /** Quantiles .975 of t with 1, 2 … 30 degrees of freedom. */
    private static final double[] T = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
        2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
        2.052, 2.048, 2.045, 2.042
    };

    private static final double T_OF_MANY = 1.96;

    /** Over those values, taken as independent. */
    public static Interval of(double... values) {
        int n = values.length;
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double mean = sum / n;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double t = n - 2 < T.length ? T[Math.max(0, n - 2)] : T_OF_MANY;
        double half = n < 2 ? Double.NaN : t * Math.sqrt(squares / (n - 1) / n);
        return new Interval(mean, half, n);
    }

    /** With one decimal: {@code 36.1 ± 1.2}, or the mean alone. */
    @Override
    public String toString() {
        return Double.isNaN(halfWidth)
                ? String.format(Locale.ROOT, "%.1f", mean)
                : String.format(Locale.ROOT, "%.1f ± %.1f", mean, halfWidth);
    }
}
