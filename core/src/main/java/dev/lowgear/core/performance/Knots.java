package dev.lowgear.core.performance;

import java.util.Arrays;

/** The values of one load axis at which a table holds cells: strictly ascending from 0. */
public final class Knots {
    private final double[] at;

    private Knots(double[] at) {
        this.at = at;
    }

    /**
     * Knots at the given values.
     *
     * @throws IllegalArgumentException unless there are at least two, the first is 0 and they
     *     ascend strictly
     */
    public static Knots of(double... at) {
        if (at.length < 2 || at[0] != 0) {
            throw new IllegalArgumentException(
                    "an axis has at least two knots, the first at 0, got " + Arrays.toString(at));
        }
        for (int i = 1; i < at.length; i++) {
            if (!(at[i] > at[i - 1]) || at[i] == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "knots ascend strictly, got " + Arrays.toString(at));
            }
        }
        return new Knots(at.clone());
    }

    /** How many knots there are. */
    public int size() {
        return at.length;
    }

    /** The knot at {@code index}. */
    public double at(int index) {
        return at[index];
    }

    /** The last knot. */
    public double last() {
        return at[at.length - 1];
    }

    /** A copy of the knots. */
    public double[] toArray() {
        return at.clone();
    }

    /** The cell that holds {@code value}: the index of the knot at its lower end. */
    int cell(double value) {
        // A scan beats a binary search on a dozen knots, and most loads are low.
        int cell = 0;
        while (cell < at.length - 2 && value >= at[cell + 1]) {
            cell++;
        }
        return cell;
    }

    /** How far into {@code cell} the value lies, 0 to 1; 1 also beyond the last knot. */
    double weight(int cell, double value) {
        return Math.min(1, (value - at[cell]) / (at[cell + 1] - at[cell]));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Knots knots && Arrays.equals(at, knots.at);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(at);
    }

    @Override
    public String toString() {
        return Arrays.toString(at);
    }
}
