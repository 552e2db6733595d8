package dev.lowgear.core.request;

import java.util.Arrays;

/**
 * Ended and cut-off answers per grid length, older ones counting less: after {@code halfLife}
 * further observations one counts half. Rather than shrinking what is there, each new observation
 * weighs more, and everything is rescaled once in a long while.
 */
final class ForgettingCounts {
    private static final double RESCALE_ABOVE = 1e100;

    private final double growth;
    private final double[] ended = new double[LengthGrid.size()];
    private final double[] survived = new double[LengthGrid.size()];
    private final double[] running = new double[LengthGrid.size()];
    private double unit = 1;

    ForgettingCounts(double halfLife) {
        this.growth = StrictMath.pow(2, 1 / halfLife);
    }

    void ended(int length) {
        nextUnit();
        ended[LengthGrid.indexOf(length)] += unit;
    }

    void cutOff(int length) {
        nextUnit();
        survive(survived, length, unit);
    }

    /** A request that still runs: counted at full weight until {@link #clearRunning}. */
    void stillRunning(int length) {
        survive(running, length, 1);
    }

    void clearRunning() {
        Arrays.fill(running, 0);
    }

    /**
     * The Kaplan–Meier hazards {@code (d + m·h') / (n + m)}, shrunk towards the hazards {@code h'}
     * of the parent by {@code m} virtual observations: {@code d} of the {@code n} answers that
     * reached a grid length ended there.
     */
    double[] hazards(double[] parent, double shrinkage) {
        double[] hazards = new double[parent.length];
        double atRisk = 0;
        for (int i = parent.length - 1; i >= 0; i--) {
            double endedHere = ended[i] / unit;
            atRisk += endedHere + survived[i] / unit + running[i];
            hazards[i] = (endedHere + shrinkage * parent[i]) / (atRisk + shrinkage);
        }
        return hazards;
    }

    /**
     * An answer longer than {@code length} was at risk at every grid length up to it, and half at
     * the one it was cut off within (the actuarial convention).
     */
    private static void survive(double[] counts, int length, double weight) {
        if (length < 1) {
            return;
        }
        int index = LengthGrid.indexOf(length);
        if (LengthGrid.length(index) <= length) {
            counts[index] += weight;
        } else {
            counts[index] += weight / 2;
            counts[index - 1] += weight / 2;
        }
    }

    private void nextUnit() {
        unit *= growth;
        if (unit > RESCALE_ABOVE) {
            for (int i = 0; i < ended.length; i++) {
                ended[i] /= unit;
                survived[i] /= unit;
            }
            unit = 1;
        }
    }
}
