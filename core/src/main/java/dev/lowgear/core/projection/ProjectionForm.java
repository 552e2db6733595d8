package dev.lowgear.core.projection;

import dev.lowgear.core.request.SurvivalCurve;

/** What a projection takes of each request's length distribution. */
public sealed interface ProjectionForm {
    /** How much of the distribution's mass each of a few points stands for. */
    double[] quantiles();

    /** The curve that is projected for a request that has generated so many tokens. */
    SurvivalCurve projected(SurvivalCurve curve, int generated);

    /**
     * Lowgear's form: expected batch and cache, deadlines at quantiles of each completion.
     *
     * <p>The points are those where a planner's answer can change: the median, and the upper tail
     * that a 99 % policy lives on. What lies beyond the last one imposes no deadline.
     */
    record Expected() implements ProjectionForm {
        private static final double[] QUANTILES = {.5, .8, .95, .99};

        @Override
        public double[] quantiles() {
            return QUANTILES.clone();
        }

        @Override
        public SurvivalCurve projected(SurvivalCurve curve, int generated) {
            return curve;
        }
    }

    /**
     * The paper's form (throttLL'eM §3.3): every answer ends for certain at one quantile of what it
     * may still become.
     *
     * @param quantile in (0, 1]; any of them for a point prediction
     */
    record AtQuantile(double quantile) implements ProjectionForm {
        private static final double[] CERTAIN = {1};

        public AtQuantile {
            if (!(quantile > 0 && quantile <= 1)) {
                throw new IllegalArgumentException("a quantile is in (0, 1], got " + quantile);
            }
        }

        @Override
        public double[] quantiles() {
            return CERTAIN.clone();
        }

        @Override
        public SurvivalCurve projected(SurvivalCurve curve, int generated) {
            int length = generated + curve.furtherTokens(quantile, generated);
            return SurvivalCurve.point(length, length);
        }
    }
}
