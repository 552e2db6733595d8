package dev.lowgear.core.physics;

import java.util.random.RandomGenerator;

/**
 * What one GPU draws, in watts, at {@code x} = clock over highest clock. Busy, from full-clock
 * watts that rise with the batch {@code B} and with the prefill share {@code φ} in 0 … 1:
 *
 * <pre>
 * full = min(board, base + batch · logistic(1.21·(log2 B − 5.5)) + prefill · φ)
 * busy = full · (s + (1 − s)·d(x)),    d(x) = x^γ above the voltage floor v, v^(γ−1)·x below it
 * rest = r + r_x·x                     between iterations and when idle, at the locked clock
 * </pre>
 *
 * The logistic is ML.ENERGY's fit of an H100's power over the batch (mean error .8 %). A high
 * static share {@code s} and a steep {@code γ} make the knee: below it a lower clock stretches the
 * static power over more time than it saves. Under the voltage floor only the clock falls, not the
 * voltage, so power falls linearly.
 *
 * @param baseWatts decoding alone, smallest batch, full clock
 * @param batchWatts what the largest batches add
 * @param prefillWatts what a compute-bound chunk adds
 * @param boardWatts bound of the full-clock watts
 * @param staticShare {@code s}
 * @param exponent {@code γ}
 * @param voltageFloor {@code v}
 * @param restWatts {@code r}
 * @param restClockWatts {@code r_x}
 */
record PowerCurve(
        double baseWatts,
        double batchWatts,
        double prefillWatts,
        double boardWatts,
        double staticShare,
        double exponent,
        double voltageFloor,
        double restWatts,
        double restClockWatts) {

    private static final double LOGISTIC_SLOPE = 1.21;
    private static final double LOGISTIC_CENTRE = 5.5;

    /** A GPU at rest draws less than a busy one's static part, whatever the perturbation says. */
    private static final double REST_CEILING = 0.9;

    /** Another specimen: every coefficient moved by its own factor from 1 ± {@code spread}. */
    PowerCurve perturbed(RandomGenerator random, double spread) {
        double base = IterationCost.factor(random, spread);
        double rest = IterationCost.factor(random, spread);
        return new PowerCurve(
                baseWatts * base,
                batchWatts * IterationCost.factor(random, spread),
                prefillWatts * IterationCost.factor(random, spread),
                boardWatts * base,
                staticShare * IterationCost.factor(random, spread),
                exponent * IterationCost.factor(random, spread),
                voltageFloor,
                restWatts * rest,
                restClockWatts * rest);
    }

    /** The same GPU, drawing {@code factor} times as much between iterations and when idle. */
    PowerCurve withIdlePowerFactor(double factor) {
        return new PowerCurve(
                baseWatts,
                batchWatts,
                prefillWatts,
                boardWatts,
                staticShare,
                exponent,
                voltageFloor,
                restWatts * factor,
                restClockWatts * factor);
    }

    /** Watts at full clock; {@code batchLoad} from {@link #batchLoad}, {@code prefillShare} φ. */
    double fullClockWatts(double batchLoad, double prefillShare) {
        return Math.min(
                boardWatts, baseWatts + batchWatts * batchLoad + prefillWatts * prefillShare);
    }

    /** Busy watts at {@code x} over busy watts at full clock. */
    double relativeBusy(double x) {
        double dynamic =
                x >= voltageFloor
                        ? StrictMath.pow(x, exponent)
                        : StrictMath.pow(voltageFloor, exponent - 1) * x;
        return staticShare + (1 - staticShare) * dynamic;
    }

    /** Watts between iterations and when idle, locked at {@code x}. */
    double rest(double x) {
        return Math.min(restWatts + restClockWatts * x, REST_CEILING * staticShare * baseWatts);
    }

    /** How much of the batch's extra power a batch of {@code batch} draws, 0 … 1. */
    static double batchLoad(int batch) {
        if (batch == 0) {
            return 0;
        }
        double log2 = StrictMath.log(batch) / StrictMath.log(2);
        return 1 / (1 + StrictMath.exp(-LOGISTIC_SLOPE * (log2 - LOGISTIC_CENTRE)));
    }
}
