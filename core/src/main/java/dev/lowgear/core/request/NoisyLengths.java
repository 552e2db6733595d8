package dev.lowgear.core.request;

import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/**
 * Knows every answer's length up to a normally distributed relative error, of which 95 % are below
 * a bound in absolute value: the predictor of throttLL'eM's evaluation (§3.1: 0, 15, 30 %). The
 * error of a request is drawn once, when its curve is asked for.
 */
public final class NoisyLengths implements LengthPredictor {
    /** 95 % of a standard normal distribution lie within this. */
    private static final double TWO_SIDED_95 = 1.959964;

    private final ToIntFunction<String> lengthOf;
    private final double sigma;
    private final RandomGenerator random;

    /**
     * @param lengthOf the answer's length in tokens by request id, at least 1
     * @param p95Error relative error that 95 % of the predictions stay within, at least 0
     */
    public NoisyLengths(ToIntFunction<String> lengthOf, double p95Error, RandomGenerator random) {
        if (!(p95Error >= 0)) {
            throw new IllegalArgumentException("an error is not negative, got " + p95Error);
        }
        this.lengthOf = lengthOf;
        this.sigma = p95Error / TWO_SIDED_95;
        this.random = random;
    }

    @Override
    public SurvivalCurve curve(String requestId, RequestShape shape) {
        int maximum = shape.limits().maximum();
        double predicted = lengthOf.applyAsInt(requestId) * (1 + sigma * standardNormal());
        int rounded = (int) StrictMath.rint(Math.min(predicted, maximum));
        return SurvivalCurve.point(Math.max(1, rounded), maximum);
    }

    /** Marsaglia's polar method, in StrictMath so that every machine draws the same. */
    private double standardNormal() {
        while (true) {
            double u = 2 * random.nextDouble() - 1;
            double v = 2 * random.nextDouble() - 1;
            double s = u * u + v * v;
            if (s > 0 && s < 1) {
                return u * Math.sqrt(-2 * StrictMath.log(s) / s);
            }
        }
    }
}
