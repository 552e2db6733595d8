package dev.lowgear.core.performance;

/**
 * Makes a tabulated surface monotone over several axes at once.
 *
 * <p>With cells ordered by the product order of the axes (each rising or falling as asked), let
 * {@code M(q) = max of v over all q' ≤ q} and {@code m(q) = min of v over all q' ≥ q}. The result
 * is {@code (M + m)/2}. {@code M} and {@code m} are monotone by construction, so their mean is.
 *
 * <p>It never increases the largest error against a monotone truth: if {@code |v − g| ≤ ε} and
 * {@code g} is monotone, then {@code g(q) − ε ≤ v(q) ≤ M(q) = v(q') ≤ g(q') + ε ≤ g(q) + ε} for the
 * {@code q' ≤ q} that attains the maximum, likewise for {@code m}, and therefore for their mean.
 *
 * <p>A running maximum alone keeps that bound, but every error it repairs it repairs upwards, which
 * biases the surface; the mean has no side.
 *
 * <p>The maximum over all smaller cells is separable: one running maximum per axis, in any order.
 */
final class MidEnvelope {
    private MidEnvelope() {}

    /** What a surface must do along an axis. */
    enum Direction {
        RISING,
        FALLING,
        FREE
    }

    /**
     * The mid-envelope of a dense row-major array.
     *
     * @param values cells, the last axis innermost; left as they are
     * @param shape lengths of the axes
     * @param directions what the result must do along each axis
     */
    static float[] of(float[] values, int[] shape, Direction... directions) {
        float[] upper = values.clone();
        float[] lower = values.clone();
        int stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            if (directions[axis] != Direction.FREE) {
                boolean rising = directions[axis] == Direction.RISING;
                run(upper, stride, shape[axis], rising, true);
                run(lower, stride, shape[axis], !rising, false);
            }
            stride *= shape[axis];
        }
        float[] middle = new float[values.length];
        for (int i = 0; i < middle.length; i++) {
            middle[i] = 0.5f * (upper[i] + lower[i]);
        }
        return middle;
    }

    /** Whether the surface already does what is asked of it. */
    static boolean holds(float[] values, int[] shape, Direction... directions) {
        int stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            int sign =
                    switch (directions[axis]) {
                        case RISING -> 1;
                        case FALLING -> -1;
                        case FREE -> 0;
                    };
            for (int i = 0; i < values.length; i++) {
                if (i / stride % shape[axis] > 0 && sign * (values[i] - values[i - stride]) < 0) {
                    return false;
                }
            }
            stride *= shape[axis];
        }
        return true;
    }

    private static void run(
            float[] values, int stride, int length, boolean forwards, boolean maximum) {
        int block = stride * length;
        for (int start = 0; start < values.length; start += block) {
            for (int step = 1; step < length; step++) {
                int to = start + (forwards ? step : length - 1 - step) * stride;
                int from = forwards ? to - stride : to + stride;
                for (int i = 0; i < stride; i++) {
                    float before = values[from + i];
                    float here = values[to + i];
                    values[to + i] = maximum ? Math.max(before, here) : Math.min(before, here);
                }
            }
        }
    }
}
