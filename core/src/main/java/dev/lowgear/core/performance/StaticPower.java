package dev.lowgear.core.performance;

/**
 * The part of busy power that no clock takes away: {@code a} of the least-squares fit {@code p(x) =
 * a + b·x^γ} over the clock ladder, {@code x} the clock relative to the highest, {@code γ} tried
 * from 2 to 8 (the A100's measured curve wants about 6, an L20's 2.2), {@code a, b ≥ 0}.
 */
final class StaticPower {
    private static final double STEP = 0.25;

    private StaticPower() {}

    /** Watts at a clock of zero, from watts at the given relative clocks. */
    static double fit(double[] relativeClock, double[] watts) {
        double best = Double.POSITIVE_INFINITY;
        double staticWatts = 0;
        for (double exponent = 2; exponent <= 8; exponent += STEP) {
            double[] line = line(relativeClock, watts, exponent);
            if (line[2] < best) {
                best = line[2];
                staticWatts = line[0];
            }
        }
        return staticWatts;
    }

    /** Intercept, slope and squared error of watts over x^exponent, neither negative. */
    private static double[] line(double[] relativeClock, double[] watts, double exponent) {
        int n = watts.length;
        double meanPower = 0;
        double meanWatts = 0;
        double[] power = new double[n];
        for (int i = 0; i < n; i++) {
            power[i] = StrictMath.pow(relativeClock[i], exponent);
            meanPower += power[i] / n;
            meanWatts += watts[i] / n;
        }
        double covariance = 0;
        double variance = 0;
        double moment = 0;
        double square = 0;
        for (int i = 0; i < n; i++) {
            covariance += (power[i] - meanPower) * (watts[i] - meanWatts);
            variance += (power[i] - meanPower) * (power[i] - meanPower);
            moment += power[i] * watts[i];
            square += power[i] * power[i];
        }
        double slope = variance > 0 ? Math.max(0, covariance / variance) : 0;
        double intercept = meanWatts - slope * meanPower;
        if (intercept < 0) {
            intercept = 0;
            slope = moment / square;
        }
        double error = 0;
        for (int i = 0; i < n; i++) {
            double residual = watts[i] - intercept - slope * power[i];
            error += residual * residual;
        }
        return new double[] {intercept, slope, error};
    }
}
