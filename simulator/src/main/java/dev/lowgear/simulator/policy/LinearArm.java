package dev.lowgear.simulator.policy;

import java.util.Arrays;

/**
 * One arm of LinUCB (Li et al. 2010): ridge regression of the reward on the context, and how sure
 * it is.
 *
 * <pre>
 *   A ← A + x·xᵀ    b ← b + r·x      θ = A⁻¹·b      index = θᵀ·x + α·√(xᵀ·A⁻¹·x)      A₀ = I
 * </pre>
 *
 * {@code A⁻¹} is kept by the Sherman–Morrison formula, so that nothing is inverted.
 */
final class LinearArm {
    private final int dimensions;
    private final double[][] inverse;
    private final double[] moment;
    private final double[] scratch;
    private int tries;
    private double rewards;
    private double squares;

    LinearArm(int dimensions) {
        this.dimensions = dimensions;
        inverse = new double[dimensions][dimensions];
        moment = new double[dimensions];
        scratch = new double[dimensions];
        for (int i = 0; i < dimensions; i++) {
            inverse[i][i] = 1;
        }
    }

    /** Upper confidence bound of the reward in that context. */
    double index(double[] context, double alpha) {
        multiply(context);
        return dot(scratch, moment) + alpha * Math.sqrt(Math.max(0, dot(scratch, context)));
    }

    /** The reward in that context was this. */
    void learn(double[] context, double reward) {
        multiply(context);
        double denominator = 1 + dot(scratch, context);
        for (int i = 0; i < dimensions; i++) {
            for (int j = 0; j < dimensions; j++) {
                inverse[i][j] -= scratch[i] * scratch[j] / denominator;
            }
            moment[i] += reward * context[i];
        }
        tries++;
        rewards += reward;
        squares += reward * reward;
    }

    /** How often it was tried. */
    int tries() {
        return tries;
    }

    /** Mean reward; 0 before the first try. */
    double mean() {
        return tries == 0 ? 0 : rewards / tries;
    }

    /** Standard deviation of its mean; infinite before the second try. */
    double standardError() {
        if (tries < 2) {
            return Double.POSITIVE_INFINITY;
        }
        double variance = Math.max(0, squares / tries - mean() * mean());
        return Math.sqrt(variance / tries);
    }

    private void multiply(double[] context) {
        Arrays.fill(scratch, 0);
        for (int i = 0; i < dimensions; i++) {
            for (int j = 0; j < dimensions; j++) {
                scratch[i] += inverse[i][j] * context[j];
            }
        }
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
