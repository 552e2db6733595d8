package dev.lowgear.core.request;

/**
 * The paper's rule (throttLL'eM §3.1): one number, inflated so that it is rarely too small; if the
 * answer overruns it all the same, {@code max_tokens} from then on.
 */
public final class InflatedPoint implements LengthPredictor {
    private final LengthPredictor base;
    private final double quantile;
    private final double factor;

    private InflatedPoint(LengthPredictor base, double quantile, double factor) {
        this.base = base;
        this.quantile = quantile;
        this.factor = factor;
    }

    /** The median of {@code base} times {@code 1 + p95Error}: for predictors that name a point. */
    public static InflatedPoint by(double p95Error, LengthPredictor base) {
        if (!(p95Error >= 0)) {
            throw new IllegalArgumentException("an error is not negative, got " + p95Error);
        }
        return new InflatedPoint(base, .5, 1 + p95Error);
    }

    /** A quantile of {@code base}: for predictors that learn a distribution. */
    public static InflatedPoint quantile(double quantile, LengthPredictor base) {
        if (!(quantile > 0 && quantile <= 1)) {
            throw new IllegalArgumentException("a quantile is in (0, 1], got " + quantile);
        }
        return new InflatedPoint(base, quantile, 1);
    }

    @Override
    public SurvivalCurve curve(String requestId, RequestShape shape) {
        int maximum = shape.limits().maximum();
        int point = base.curve(requestId, shape).furtherTokens(quantile, 0);
        return SurvivalCurve.point(
                (int) Math.min(StrictMath.ceil(point * factor), maximum), maximum);
    }

    @Override
    public void observe(LengthObservation observation) {
        base.observe(observation);
    }
}
