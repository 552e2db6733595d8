package dev.lowgear.launcher.soak;

import java.util.Arrays;

/**
 * A quantity over time, and whether it grows.
 *
 * <p>The slope is that of Theil and Sen: the median of the slopes of all pairs of points, which a
 * few outliers (a collection, a pause of the machine) do not move. That it is no accident is what
 * Kendall's test says: with S the pairs that rise minus those that fall, S is about normal with
 * variance n(n−1)(2n+5)/18 when nothing is going on, so that S > 1.645·√variance + 1 happens by
 * accident in one case of twenty.
 */
final class Series {
    private static final double ONE_IN_TWENTY = 1.645;
    private static final int FEWEST_POINTS = 4;

    private double[] seconds = new double[64];
    private double[] values = new double[64];
    private int size;

    void add(double second, double value) {
        if (size == seconds.length) {
            seconds = Arrays.copyOf(seconds, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        seconds[size] = second;
        values[size++] = value;
    }

    int size() {
        return size;
    }

    double second(int index) {
        return seconds[index];
    }

    double value(int index) {
        return values[index];
    }

    /** The part of it from a time on. */
    Series from(double second) {
        var part = new Series();
        for (int i = 0; i < size; i++) {
            if (seconds[i] >= second) {
                part.add(seconds[i], values[i]);
            }
        }
        return part;
    }

    double max() {
        return Arrays.stream(values, 0, size).max().orElse(0);
    }

    double last() {
        return size == 0 ? 0 : values[size - 1];
    }

    double median() {
        return median(Arrays.copyOf(values, size));
    }

    /** Per second; 0 of fewer than two points. */
    double slope() {
        var slopes = new double[size * (size - 1) / 2];
        int count = 0;
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                if (seconds[j] > seconds[i]) {
                    slopes[count++] = (values[j] - values[i]) / (seconds[j] - seconds[i]);
                }
            }
        }
        return median(Arrays.copyOf(slopes, count));
    }

    /** What the slope makes of its whole length. */
    double growth() {
        return size < 2 ? 0 : slope() * (seconds[size - 1] - seconds[0]);
    }

    /**
     * Whether it rises by more than accident and by more than what is tolerated.
     *
     * @param tolerated growth over its length that does not matter
     */
    boolean grows(double tolerated) {
        return size >= FEWEST_POINTS && growth() > tolerated && rises();
    }

    private boolean rises() {
        long s = 0;
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                s += (long) Math.signum(values[j] - values[i]);
            }
        }
        double variance = size * (size - 1.0) * (2.0 * size + 5) / 18;
        return s > ONE_IN_TWENTY * Math.sqrt(variance) + 1;
    }

    private static double median(double[] values) {
        if (values.length == 0) {
            return 0;
        }
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
