package dev.lowgear.core.observation;

/**
 * An amount per second, averaged over the past with exponentially fading weight.
 *
 * <pre>
 *   sum ← sum · e^(−Δt/τ) + amount        rate = sum / (τ · (1 − e^(−T/τ)))
 * </pre>
 *
 * {@code T} is the time since the start: a young average is not taken for a low one. In the first
 * second, which says little, the divisor is that of a whole second.
 */
public final class ForgettingRate {
    private static final double SHORTEST_SECONDS = 1;

    private final double timeConstantSeconds;
    private final long startNanos;
    private long lastNanos;
    private double sum;

    /**
     * Nothing so far.
     *
     * @param timeConstantSeconds τ, positive
     */
    public ForgettingRate(double timeConstantSeconds, long startNanos) {
        if (!(timeConstantSeconds > 0)) {
            throw new IllegalArgumentException(
                    "a time constant is positive, got " + timeConstantSeconds);
        }
        this.timeConstantSeconds = timeConstantSeconds;
        this.startNanos = startNanos;
        this.lastNanos = startNanos;
    }

    /** Adds an amount; time does not run backwards. */
    public void add(double amount, long nowNanos) {
        sum = faded(nowNanos) + amount;
        lastNanos = Math.max(lastNanos, nowNanos);
    }

    /** The amount per second as of now. */
    public double perSecond(long nowNanos) {
        double age = Math.max(SHORTEST_SECONDS, (nowNanos - startNanos) / 1e9);
        double weight = timeConstantSeconds * (1 - StrictMath.exp(-age / timeConstantSeconds));
        return faded(nowNanos) / weight;
    }

    private double faded(long nowNanos) {
        double seconds = Math.max(0, nowNanos - lastNanos) / 1e9;
        return sum * StrictMath.exp(-seconds / timeConstantSeconds);
    }
}
