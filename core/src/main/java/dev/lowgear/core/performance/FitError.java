package dev.lowgear.core.performance;

/**
 * How far predictions lie from what was measured.
 *
 * @param count measurements compared, at least 1
 * @param r2 coefficient of determination, centred; 1 is perfect, negative is worse than the mean
 * @param mae mean absolute error, in the unit of the quantity
 * @param mape mean absolute error relative to the measured value, 0.04 for 4 %
 */
public record FitError(long count, double r2, double mae, double mape) {
    public FitError {
        if (count < 1 || !Double.isFinite(r2) || !(mae >= 0) || !(mape >= 0)) {
            throw new IllegalArgumentException(
                    "not an error of a fit: count %d, r2 %s, mae %s, mape %s"
                            .formatted(count, r2, mae, mape));
        }
    }

    /**
     * The error of {@code predicted} against {@code measured}, element by element. Where all
     * measured values are equal, R² is 1 if every prediction is exact and 0 otherwise.
     *
     * @throws IllegalArgumentException if there are none, their numbers differ or a measured value
     *     is not positive
     */
    public static FitError of(double[] measured, double[] predicted) {
        if (measured.length == 0 || measured.length != predicted.length) {
            throw new IllegalArgumentException(
                    measured.length + " measured values, " + predicted.length + " predicted");
        }
        double sum = 0;
        for (double value : measured) {
            sum += value;
        }
        double mean = sum / measured.length;
        double residual = 0;
        double total = 0;
        double absolute = 0;
        double relative = 0;
        for (int i = 0; i < measured.length; i++) {
            if (!(measured[i] > 0)) {
                throw new IllegalArgumentException("measured values are positive: " + measured[i]);
            }
            double error = predicted[i] - measured[i];
            residual += error * error;
            total += (measured[i] - mean) * (measured[i] - mean);
            absolute += Math.abs(error);
            relative += Math.abs(error) / measured[i];
        }
        double r2 = total > 0 ? 1 - residual / total : residual > 0 ? 0 : 1;
        return new FitError(
                measured.length, r2, absolute / measured.length, relative / measured.length);
    }
}
