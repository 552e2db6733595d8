package dev.lowgear.performance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Non-negative coefficients of given terms that explain positive measurements by relative error:
 *
 * <pre>
 * min over c ≥ 0 of  Σ w_i·h_i·((Σ_j c_j·a_ij − y_i)/y_i)²
 * h_i = min(1, 1.345·s/|r_i|),  s = 1.4826·median|r_i|,  r_i the relative residual of the last round
 * </pre>
 *
 * The Huber weight {@code h} keeps stalls and power spikes from pulling the fit; {@code 1.345} is
 * its value for 95 % efficiency under normal noise. Five rounds of re-weighting are enough: the
 * weights of a fit that noise leaves alone no longer move after three.
 */
final class RobustFit {
    private static final int ROUNDS = 5;
    private static final double HUBER = 1.345;
    private static final double MAD_TO_SIGMA = 1.4826;
    private static final double LEAST_SCALE = 1e-6;

    private final int terms;
    private final List<double[]> rows = new ArrayList<>();
    private final List<Double> weights = new ArrayList<>();

    RobustFit(int terms) {
        this.terms = terms;
    }

    /** Adds one measurement: what its terms are, what was measured, and what it weighs. */
    void add(double[] row, double measured, double weight) {
        double[] relative = new double[terms];
        for (int j = 0; j < terms; j++) {
            relative[j] = row[j] / measured;
        }
        rows.add(relative);
        weights.add(weight);
    }

    /** The coefficients, none negative. */
    double[] solve() {
        double[] huber = new double[rows.size()];
        Arrays.fill(huber, 1);
        double[] coefficients = new double[terms];
        for (int round = 0; round < ROUNDS; round++) {
            coefficients = weighted(huber);
            reweigh(huber, coefficients);
        }
        return coefficients;
    }

    private double[] weighted(double[] huber) {
        double[][] gram = new double[terms][terms];
        double[] moments = new double[terms];
        for (int i = 0; i < rows.size(); i++) {
            double[] row = rows.get(i);
            double weight = weights.get(i) * huber[i];
            for (int j = 0; j < terms; j++) {
                double weighted = weight * row[j];
                if (weighted != 0) {
                    moments[j] += weighted;
                    for (int k = 0; k <= j; k++) {
                        gram[j][k] += weighted * row[k];
                    }
                }
            }
        }
        for (int j = 0; j < terms; j++) {
            for (int k = 0; k < j; k++) {
                gram[k][j] = gram[j][k];
            }
        }
        return new NonNegativeLeastSquares(gram, moments).solve();
    }

    private void reweigh(double[] huber, double[] coefficients) {
        double[] residuals = new double[rows.size()];
        for (int i = 0; i < residuals.length; i++) {
            double predicted = 0;
            double[] row = rows.get(i);
            for (int j = 0; j < terms; j++) {
                predicted += coefficients[j] * row[j];
            }
            residuals[i] = Math.abs(predicted - 1);
        }
        double[] sorted = residuals.clone();
        Arrays.sort(sorted);
        double scale = Math.max(LEAST_SCALE, MAD_TO_SIGMA * sorted[sorted.length / 2]);
        for (int i = 0; i < huber.length; i++) {
            huber[i] = Math.min(1, HUBER * scale / Math.max(residuals[i], LEAST_SCALE));
        }
    }
}
