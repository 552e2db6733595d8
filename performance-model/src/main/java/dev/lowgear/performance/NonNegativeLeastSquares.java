package dev.lowgear.performance;

/**
 * {@code min ‖A·c − y‖²} over {@code c ≥ 0}, on the normal equations: the active-set method of
 * Lawson and Hanson (Solving Least Squares Problems, 1974, ch. 23). Terms enter one at a time,
 * steepest gradient first; where the unconstrained solution over the entered terms leaves the
 * feasible region, the step is cut at its border and the terms that hit zero leave again.
 *
 * <p>Columns are scaled to unit norm first, and a ridge of 10⁻¹⁰ keeps collinear terms solvable.
 */
final class NonNegativeLeastSquares {
    private static final double RIDGE = 1e-10;
    private static final double TOLERANCE = 1e-12;

    private final int terms;
    private final double[][] gram;
    private final double[] moments;
    private final double[] scale;

    /**
     * A problem given by its normal equations.
     *
     * @param gram {@code AᵀA}
     * @param moments {@code Aᵀy}
     */
    NonNegativeLeastSquares(double[][] gram, double[] moments) {
        terms = moments.length;
        this.gram = new double[terms][terms];
        this.moments = new double[terms];
        scale = new double[terms];
        for (int i = 0; i < terms; i++) {
            scale[i] = gram[i][i] > 0 ? 1 / Math.sqrt(gram[i][i]) : 0;
        }
        for (int i = 0; i < terms; i++) {
            this.moments[i] = moments[i] * scale[i];
            for (int j = 0; j < terms; j++) {
                this.gram[i][j] = gram[i][j] * scale[i] * scale[j];
            }
            this.gram[i][i] += RIDGE;
        }
    }

    /** The coefficients, none negative; 0 for a term that is zero throughout. */
    double[] solve() {
        boolean[] entered = new boolean[terms];
        double[] solution = new double[terms];
        double enough = TOLERANCE * largest(moments);
        // Each term may leave and enter again a few times; the method is finite, rounding may not.
        for (int round = 0; round < 10 * terms; round++) {
            int steepest = steepest(entered, solution, enough);
            if (steepest < 0) {
                break;
            }
            entered[steepest] = true;
            advance(entered, solution);
        }
        double[] coefficients = new double[terms];
        for (int i = 0; i < terms; i++) {
            coefficients[i] = solution[i] * scale[i];
        }
        return coefficients;
    }

    private int steepest(boolean[] entered, double[] solution, double enough) {
        int steepest = -1;
        double most = enough;
        for (int i = 0; i < terms; i++) {
            if (!entered[i] && scale[i] > 0) {
                double gradient = moments[i];
                for (int j = 0; j < terms; j++) {
                    gradient -= gram[i][j] * solution[j];
                }
                if (gradient > most) {
                    most = gradient;
                    steepest = i;
                }
            }
        }
        return steepest;
    }

    /** Moves to the optimum over the entered terms, dropping those that would turn negative. */
    private void advance(boolean[] entered, double[] solution) {
        while (true) {
            double[] target = unconstrained(entered);
            double step = 1;
            for (int i = 0; i < terms; i++) {
                if (entered[i]) {
                    step = Math.min(step, border(solution[i], target[i]));
                }
            }
            for (int i = 0; i < terms; i++) {
                if (entered[i]) {
                    boolean leaves = border(solution[i], target[i]) <= step;
                    solution[i] += step * (target[i] - solution[i]);
                    if (leaves) {
                        solution[i] = 0;
                        entered[i] = false;
                    }
                }
            }
            if (step == 1) {
                return;
            }
        }
    }

    /** Share of the way from a coefficient to its target at which it turns negative, if it does. */
    private static double border(double from, double target) {
        if (target > 0) {
            return Double.POSITIVE_INFINITY;
        }
        return from > 0 ? from / (from - target) : 0;
    }

    /** Solves the normal equations of the entered terms by Cholesky's decomposition. */
    private double[] unconstrained(boolean[] entered) {
        int[] index = new int[terms];
        int size = 0;
        for (int i = 0; i < terms; i++) {
            if (entered[i]) {
                index[size++] = i;
            }
        }
        double[][] lower = new double[size][size];
        double[] forward = new double[size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = gram[index[i]][index[j]];
                for (int k = 0; k < j; k++) {
                    sum -= lower[i][k] * lower[j][k];
                }
                lower[i][j] = i == j ? Math.sqrt(Math.max(sum, RIDGE * RIDGE)) : sum / lower[j][j];
            }
            double sum = moments[index[i]];
            for (int k = 0; k < i; k++) {
                sum -= lower[i][k] * forward[k];
            }
            forward[i] = sum / lower[i][i];
        }
        double[] target = new double[terms];
        for (int i = size - 1; i >= 0; i--) {
            double sum = forward[i];
            for (int k = i + 1; k < size; k++) {
                sum -= lower[k][i] * target[index[k]];
            }
            target[index[i]] = sum / lower[i][i];
        }
        return target;
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
