package dev.lowgear.core.projection;

/**
 * How far the predicted lengths of many requests err together, measured on the stream: the root
 * mean square of {@code (Σ actual − Σ predicted) / Σ predicted} over blocks of 32 finished
 * requests, older blocks fading by a tenth each. Errors that are independent cancel within a block
 * (to about a sixth of one request's); what is left is what the requests have in common.
 */
public final class SharedLengthError {
    private static final int BLOCK = 32;
    private static final double FADE = .1;

    private double predicted;
    private double actual;
    private int count;
    private double meanSquare;
    private boolean measured;

    /** A request was predicted to have {@code predictedMean} tokens and had {@code tokens}. */
    public void finished(double predictedMean, int tokens) {
        predicted += predictedMean;
        actual += tokens;
        if (++count == BLOCK) {
            double error = (actual - predicted) / predicted;
            meanSquare = measured ? (1 - FADE) * meanSquare + FADE * error * error : error * error;
            measured = true;
            predicted = 0;
            actual = 0;
            count = 0;
        }
    }

    /** The common relative error; 0 while nothing has been measured. */
    public double relative() {
        return Math.sqrt(meanSquare);
    }
}
