package dev.lowgear.core.performance;

import java.util.Arrays;

/**
 * An axis cut into bands by ascending inner edges: band {@code i} holds the values from edge {@code
 * i − 1} up to but excluding edge {@code i}; the first and the last are open.
 */
public final class Bands {
    private final double[] edges;

    private Bands(double[] edges) {
        this.edges = edges;
    }

    /**
     * Bands between these edges.
     *
     * @throws IllegalArgumentException unless the edges ascend strictly
     */
    public static Bands between(double... edges) {
        for (int i = 1; i < edges.length; i++) {
            if (!(edges[i] > edges[i - 1])) {
                throw new IllegalArgumentException(
                        "band edges ascend strictly, got " + Arrays.toString(edges));
            }
        }
        return new Bands(edges.clone());
    }

    /** How many bands there are, one more than edges. */
    public int size() {
        return edges.length + 1;
    }

    /** The band that holds {@code value}. */
    public int of(double value) {
        int band = 0;
        while (band < edges.length && value >= edges[band]) {
            band++;
        }
        return band;
    }

    /** A copy of the inner edges. */
    public double[] toArray() {
        return edges.clone();
    }

    /** What a band holds, for people, such as {@code [4, 16)}. */
    public String describe(int band) {
        String from = band == 0 ? "0" : plain(edges[band - 1]);
        return band == edges.length ? "≥ " + from : "[" + from + ", " + plain(edges[band]) + ")";
    }

    private static String plain(double edge) {
        return edge == StrictMath.rint(edge) ? Long.toString((long) edge) : Double.toString(edge);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bands bands && Arrays.equals(edges, bands.edges);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(edges);
    }

    @Override
    public String toString() {
        return Arrays.toString(edges);
    }
}
