package dev.lowgear.core.projection;

import java.util.Arrays;

/**
 * Where segments begin and end: at 0, 1, 2, 3, 4, 6, 8, 11, 16, … (powers of √2, so that a segment
 * is never longer than about 41 % of what lies before it), wherever a prefill completes, and at the
 * horizon. At most {@link #MOST_SEGMENTS} segments: where more prefills complete than fit, only the
 * earliest and the last keep a boundary of their own.
 */
final class Boundaries {
    static final int MOST_SEGMENTS = 64;
    private static final int[] GEOMETRIC = geometric();

    private final int[] iterations;

    private Boundaries(int[] iterations) {
        this.iterations = iterations;
    }

    /** Boundaries up to {@code horizon}, at least 1. */
    static Boundaries upTo(int horizon, PrefillPlan prefill) {
        int[] found = new int[MOST_SEGMENTS + 1];
        int count = 0;
        found[count++] = 0;
        found[count++] = horizon;
        for (int boundary : GEOMETRIC) {
            if (boundary < horizon) {
                found[count++] = boundary;
            }
        }
        int prompts = prefill.prompts().size();
        for (int i = 0; i < prompts && count < found.length; i++) {
            boolean isLastPlace = count == found.length - 1;
            int completed = prefill.lastIteration(isLastPlace ? prompts - 1 : i) + 1;
            if (completed < horizon && !contains(found, count, completed)) {
                found[count++] = completed;
            }
            if (isLastPlace) {
                break;
            }
        }
        int[] iterations = Arrays.copyOf(found, count);
        Arrays.sort(iterations);
        return new Boundaries(iterations);
    }

    /** How many segments there are. */
    int segments() {
        return iterations.length - 1;
    }

    /** First iteration of a segment. */
    int start(int segment) {
        return iterations[segment];
    }

    /** First iteration after a segment: how many iterations have passed at its end. */
    int end(int segment) {
        return iterations[segment + 1];
    }

    /** The last segment that ends at or before {@code iterations} have passed; at least 0. */
    int segmentEndingBy(int passed) {
        int index = Arrays.binarySearch(iterations, passed);
        return Math.max(0, (index >= 0 ? index : -index - 2) - 1);
    }

    private static boolean contains(int[] values, int count, int value) {
        for (int i = 0; i < count; i++) {
            if (values[i] == value) {
                return true;
            }
        }
        return false;
    }

    private static int[] geometric() {
        int[] boundaries = new int[40];
        int count = 0;
        int last = 0;
        for (double exact = 1; exact < 300_000; exact *= Math.sqrt(2)) {
            int boundary = (int) StrictMath.round(exact);
            if (boundary > last) {
                boundaries[count++] = boundary;
                last = boundary;
            }
        }
        return Arrays.copyOf(boundaries, count);
    }
}
