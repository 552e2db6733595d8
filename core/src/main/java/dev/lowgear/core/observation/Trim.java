package dev.lowgear.core.observation;

/**
 * Measured over predicted iteration time, averaged over seconds: what corrects a table between
 * retrainings. Single iterations and the average are clipped to 0.8–1.5, so that a stall does not
 * count for more than it should and a wrong table is not covered up. Starts anew with a new table.
 */
public final class Trim {
    private static final double LOWEST = .8;
    private static final double HIGHEST = 1.5;
    private static final double TIME_CONSTANT_MICROS = 5e6;

    private double ratio = 1;

    /**
     * An iteration took {@code measuredMicros} of busy time.
     *
     * @param predictedMicros what the table said, positive
     */
    public void iteration(double measuredMicros, double predictedMicros) {
        double one = clip(measuredMicros / predictedMicros);
        double weight = 1 - StrictMath.exp(-measuredMicros / TIME_CONSTANT_MICROS);
        ratio = clip(ratio + weight * (one - ratio));
    }

    /** Another table is in force. */
    public void reset() {
        ratio = 1;
    }

    /** The factor on predicted times, 0.8 to 1.5. */
    public double factor() {
        return ratio;
    }

    private static double clip(double value) {
        return Math.clamp(value, LOWEST, HIGHEST);
    }
}
