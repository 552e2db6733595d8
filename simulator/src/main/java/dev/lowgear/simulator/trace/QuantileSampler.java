package dev.lowgear.simulator.trace;

import java.util.random.RandomGenerator;

/**
 * Draws lengths from published percentiles: the inverse of the distribution, linear in the
 * logarithm between the given quantiles.
 */
final class QuantileSampler {
    private final double[] probabilities;
    private final double[] logarithms;

    /**
     * @param probabilities ascending from 0 to 1
     * @param lengths ascending, at least 1
     */
    QuantileSampler(double[] probabilities, int[] lengths) {
        if (probabilities.length != lengths.length || probabilities.length < 2) {
            throw new IllegalArgumentException("one length per probability, at least two");
        }
        this.probabilities = probabilities.clone();
        logarithms = new double[lengths.length];
        for (int i = 0; i < lengths.length; i++) {
            logarithms[i] = StrictMath.log(lengths[i]);
        }
    }

    /** Mean of the lengths before they are rounded. */
    double mean() {
        double mean = 0;
        for (int i = 1; i < probabilities.length; i++) {
            double low = StrictMath.exp(logarithms[i - 1]);
            double high = StrictMath.exp(logarithms[i]);
            double within = high > low ? (high - low) / (logarithms[i] - logarithms[i - 1]) : low;
            mean += (probabilities[i] - probabilities[i - 1]) * within;
        }
        return mean;
    }

    int draw(RandomGenerator random) {
        double p = random.nextDouble();
        int upper = 1;
        while (upper < probabilities.length - 1 && probabilities[upper] < p) {
            upper++;
        }
        double span = probabilities[upper] - probabilities[upper - 1];
        double share = (p - probabilities[upper - 1]) / span;
        double log = logarithms[upper - 1] + share * (logarithms[upper] - logarithms[upper - 1]);
        return (int) Math.max(1, Math.round(StrictMath.exp(log)));
    }
}
