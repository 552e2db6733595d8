package dev.lowgear.performance;

import java.util.ArrayList;
import java.util.List;

/**
 * What a fitted formula leaves unexplained: trees on {@code log(measured / fitted)}, clipped to
 * ±0.3 in training, so that a stall teaches them nothing, and again in prediction.
 */
final class TribuoResidual {
    private static final String[] FEATURES =
            TribuoTrees.inOrder("batch", "clock", "context", "kvTokens", "prefillTokens");
    private static final double CLIP = 0.3;
    private static final TribuoTrees.Settings SETTINGS =
            new TribuoTrees.Settings(120, 4, 0.1, 8, List.of());

    private final TribuoTrees trees;

    TribuoResidual(TribuoTrees trees) {
        this.trees = trees;
    }

    /** Gathers residuals and grows trees on them. */
    static final class Training {
        private final List<float[]> features = new ArrayList<>();
        private final List<Double> residuals = new ArrayList<>();

        void add(float[] row, double measured, double fitted) {
            features.add(row);
            residuals.add(clip(StrictMath.log(measured / fitted)));
        }

        int size() {
            return residuals.size();
        }

        TribuoResidual grow() {
            double[] targets = residuals.stream().mapToDouble(Double::doubleValue).toArray();
            return new TribuoResidual(TribuoTrees.train(FEATURES, features, targets, SETTINGS));
        }
    }

    /** One row of features. */
    static float[] features(
            double clockMhz, double batch, double kvTokens, double prefill, double context) {
        return new float[] {
            (float) batch, (float) clockMhz, (float) context, (float) kvTokens, (float) prefill
        };
    }

    /** The features of a measured iteration. */
    static float[] features(TrainingSample sample) {
        return features(
                sample.clockMhz(),
                sample.batch(),
                sample.kvTokens(),
                sample.prefillTokens(),
                sample.prefillContextTokens());
    }

    /**
     * What to multiply a fitted value by.
     *
     * @param weight how far the trees are believed, 0 to 1
     */
    double factor(float[] features, double weight) {
        return StrictMath.exp(weight * clip(trees.predict(features)));
    }

    private static double clip(double residual) {
        return Math.max(-CLIP, Math.min(CLIP, residual));
    }

    TribuoTrees trees() {
        return trees;
    }

    static String[] featureNames() {
        return FEATURES.clone();
    }
}
