package dev.lowgear.core.projection;

/**
 * KV-cache tokens to come, with their spread, per segment: no request is taken to end within a
 * segment, so the mean is never under the true one.
 */
public final class KvForecast {
    private final double[] mean;
    private final double[] deviation;

    KvForecast(double[] mean, double[] deviation) {
        this.mean = mean;
        this.deviation = deviation;
    }

    /**
     * The most tokens that are to be reckoned with: the largest of {@code mean · (1 + commonMode) +
     * z · σ}.
     *
     * @param z standard deviations of what requests do independently, at least 0
     * @param commonMode relative error that all of them make together, as measured on the stream
     *     ({@code SharedLengthError}), at least 0
     */
    public double peakTokens(double z, double commonMode) {
        double peak = 0;
        for (int i = 0; i < mean.length; i++) {
            peak = Math.max(peak, mean[i] * (1 + commonMode) + z * deviation[i]);
        }
        return peak;
    }
}
