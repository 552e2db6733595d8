package dev.lowgear.core.request;

import java.util.Arrays;

/**
 * The lengths that learned curves distinguish: every length up to 32, then steps of 6 % up to
 * 131,072. A length counts as the grid length at or above it, so that no answer is learned shorter
 * than it was.
 */
final class LengthGrid {
    private static final int EXACT = 32;
    private static final double RATIO = 1.06;
    private static final int LONGEST = 131_072;
    private static final int[] EDGES = edges();

    private LengthGrid() {}

    static int size() {
        return EDGES.length;
    }

    static int length(int index) {
        return EDGES[index];
    }

    static int[] lengths() {
        return EDGES.clone();
    }

    /** The first grid length at or above {@code length}; the last one if there is none. */
    static int indexOf(int length) {
        int found = Arrays.binarySearch(EDGES, length);
        return Math.min(found >= 0 ? found : -found - 1, EDGES.length - 1);
    }

    private static int[] edges() {
        int[] edges = new int[512];
        int count = 0;
        int length = 0;
        while (length < LONGEST) {
            length =
                    length < EXACT
                            ? length + 1
                            : Math.min((int) StrictMath.ceil(length * RATIO), LONGEST);
            edges[count++] = length;
        }
        return Arrays.copyOf(edges, count);
    }
}
