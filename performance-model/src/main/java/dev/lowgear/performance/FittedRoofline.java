package dev.lowgear.performance;

import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.performance.PerformanceModel;

import java.util.Arrays;
import java.util.List;

/**
 * Iteration time as a sum of terms with non-negative coefficients, {@code x} the clock relative to
 * the highest, {@code B} decoding requests, {@code K} KV tokens, {@code P} prefill tokens and
 * {@code C} their context:
 *
 * <pre>
 * t = c·{1, 1/x, B, B/x, K, K/x, P, P/x, P·C/x} + Σ_θ c_θ·max(0, (B + P)/x − θ)
 * </pre>
 *
 * Each term falls with the clock and rises with load, so their sum does: monotone by construction,
 * sane far from what was measured. The hinges let time stay flat while weights stream from memory
 * and turn clock-bound where arithmetic takes over, which on today's GPUs happens between 50 and
 * 400 tokens per iteration.
 *
 * <p>Thin telemetry leaves terms open: whoever has seen one clock cannot tell 1 from 1/x. The prior
 * closes them. Scaled to the level measured, it takes part as pseudo-measurements over the whole
 * operating space that together weigh as much as {@code n₀} iterations: against {@code n} real ones
 * their share is {@code n₀/(n + n₀)}, and they only move what the real ones leave undetermined.
 */
final class FittedRoofline {
    private static final double[] HINGES = {32, 64, 96, 128, 192, 256, 384};
    private static final int TERMS = 9 + HINGES.length;

    /** What the prior weighs, in iterations. */
    private static final double PRIOR_WEIGHT = 20;

    private static final double[] PRIOR_BATCHES = {1, 8, 32, 128};
    private static final double[] PRIOR_KV_SHARES = {0.05, 0.4};
    private static final double[] PRIOR_PREFILLS = {0, 256, 512};
    private static final double[] PRIOR_CLOCKS = {0.5, 0.75, 1};

    private final ClockLadder clocks;
    private final double[] coefficients;

    FittedRoofline(ClockLadder clocks, double[] coefficients) {
        if (coefficients.length != TERMS) {
            throw new IllegalArgumentException(
                    "a roofline has " + TERMS + " coefficients, got " + coefficients.length);
        }
        this.clocks = clocks;
        this.coefficients = coefficients;
    }

    /**
     * Fits a roofline.
     *
     * @param prior closes what telemetry leaves open
     * @param kvCapacityTokens KV tokens there are: how far the prior is asked
     */
    static FittedRoofline fit(
            List<TrainingSample> samples, PerformanceModel prior, double kvCapacityTokens) {
        ClockLadder clocks = prior.clocks();
        RobustFit fit = new RobustFit(TERMS);
        for (TrainingSample sample : samples) {
            fit.add(
                    terms(
                            (double) sample.clockMhz() / clocks.highest(),
                            sample.batch(),
                            sample.kvTokens(),
                            sample.prefillTokens(),
                            sample.prefillContextTokens()),
                    sample.micros(),
                    1);
        }
        double level = level(samples, prior);
        double points =
                (double) PRIOR_BATCHES.length
                        * PRIOR_KV_SHARES.length
                        * PRIOR_PREFILLS.length
                        * PRIOR_CLOCKS.length;
        for (double relative : PRIOR_CLOCKS) {
            int clock = clocks.indexAtLeast((int) (relative * clocks.highest()));
            for (double batch : PRIOR_BATCHES) {
                for (double share : PRIOR_KV_SHARES) {
                    for (double prefill : PRIOR_PREFILLS) {
                        double kvTokens = share * kvCapacityTokens;
                        fit.add(
                                terms(clocks.relative(clock), batch, kvTokens, prefill, 0),
                                level * prior.iterationMicros(clock, batch, kvTokens, prefill),
                                PRIOR_WEIGHT / points);
                    }
                }
            }
        }
        return new FittedRoofline(clocks, fit.solve());
    }

    /** Median of measured over predicted by the prior. */
    private static double level(List<TrainingSample> samples, PerformanceModel prior) {
        double[] ratios = new double[samples.size()];
        for (int i = 0; i < ratios.length; i++) {
            TrainingSample sample = samples.get(i);
            int clock = prior.clocks().indexAtLeast(sample.clockMhz());
            ratios[i] =
                    sample.micros()
                            / prior.iterationMicros(
                                    clock,
                                    sample.batch(),
                                    sample.kvTokens(),
                                    sample.prefillTokens());
        }
        Arrays.sort(ratios);
        return ratios.length == 0 ? 1 : ratios[ratios.length / 2];
    }

    private static double[] terms(
            double x, double batch, double kvTokens, double prefill, double context) {
        double[] terms = new double[TERMS];
        terms[0] = 1;
        terms[1] = 1 / x;
        terms[2] = batch;
        terms[3] = batch / x;
        terms[4] = kvTokens;
        terms[5] = kvTokens / x;
        terms[6] = prefill;
        terms[7] = prefill / x;
        terms[8] = prefill * context / x;
        for (int i = 0; i < HINGES.length; i++) {
            terms[9 + i] = Math.max(0, (batch + prefill) / x - HINGES[i]);
        }
        return terms;
    }

    /** Iteration time in microseconds. */
    double micros(double clockMhz, double batch, double kvTokens, double prefill, double context) {
        double[] terms = terms(clockMhz / clocks.highest(), batch, kvTokens, prefill, context);
        double micros = 0;
        for (int i = 0; i < TERMS; i++) {
            micros += coefficients[i] * terms[i];
        }
        return micros;
    }

    /** Iteration time of a sample's operating point in microseconds. */
    double micros(TrainingSample sample) {
        return micros(
                sample.clockMhz(),
                sample.batch(),
                sample.kvTokens(),
                sample.prefillTokens(),
                sample.prefillContextTokens());
    }

    /** A copy of the coefficients. */
    double[] coefficients() {
        return coefficients.clone();
    }
}
