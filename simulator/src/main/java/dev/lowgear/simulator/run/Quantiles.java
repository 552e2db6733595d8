package dev.lowgear.simulator.run;

import java.util.Arrays;

/** Quantiles of a sample of durations, by nearest rank, at every half percent. */
public final class Quantiles {
    private static final int STEPS = 200;
    private static final double MILLI = 1e6;

    private final double[] millis;

    private Quantiles(double[] millis) {
        this.millis = millis;
    }

    /** Of the first {@code count} of these; NaN everywhere if there are none. */
    public static Quantiles ofNanos(long[] nanos, int count) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        double[] millis = new double[STEPS + 1];
        for (int step = 0; step <= STEPS; step++) {
            long rank = Math.ceilDiv((long) step * count, STEPS);
            millis[step] = count == 0 ? Double.NaN : sorted[(int) Math.max(0, rank - 1)] / MILLI;
        }
        return new Quantiles(millis);
    }

    /** The median in milliseconds. */
    public double p50() {
        return millis[STEPS / 2];
    }

    /** The 99th percentile in milliseconds. */
    public double p99() {
        return millis[STEPS * 99 / 100];
    }

    /** Milliseconds at 0, 0.5, 1 … 100 percent. */
    public double[] byHalfPercent() {
        return millis.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quantiles quantiles && Arrays.equals(millis, quantiles.millis);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(millis);
    }

    @Override
    public String toString() {
        return "p50 " + p50() + " ms, p99 " + p99() + " ms";
    }
}
