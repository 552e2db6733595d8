package dev.lowgear.simulator.policy;

/** Features on a common scale: by running mean and deviation (Welford), within ±3, and a 1. */
final class StandardScores {
    private static final double CLIP = 3;

    private final double[] mean;
    private final double[] sumOfSquares;
    private long count;

    StandardScores(int features) {
        mean = new double[features];
        sumOfSquares = new double[features];
    }

    /** Takes in one set of features and scores it; the last score is a constant 1. */
    double[] of(double... features) {
        count++;
        double[] scores = new double[features.length + 1];
        for (int i = 0; i < features.length; i++) {
            double before = features[i] - mean[i];
            mean[i] += before / count;
            sumOfSquares[i] += before * (features[i] - mean[i]);
            double deviation = count < 2 ? 0 : Math.sqrt(sumOfSquares[i] / (count - 1));
            scores[i] =
                    deviation < 1e-9
                            ? 0
                            : Math.clamp((features[i] - mean[i]) / deviation, -CLIP, CLIP);
        }
        scores[features.length] = 1;
        return scores;
    }
}
