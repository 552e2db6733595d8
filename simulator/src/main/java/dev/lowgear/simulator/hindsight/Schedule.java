package dev.lowgear.simulator.hindsight;

import java.util.Arrays;

/**
 * A price of time for each window of time, and how far it is rested: rungs on two scales.
 *
 * <pre>
 *   λ      = 0, or scale · 1.25^(rung − 1) · 10⁻³         watts; 48 rungs, up to 29 · scale
 *   factor = 0, ¼, ½, 1, 2, 4, 8                          on the pace that λ suggests
 * </pre>
 */
final class Schedule {
    static final int PRICES = 48;

    /** No rest. */
    static final int RESTLESS = 0;

    /** The pace that the price suggests. */
    static final int SUGGESTED_REST = 3;

    private static final double[] FACTORS = {0, .25, .5, 1, 2, 4, 8};
    static final int RESTS = FACTORS.length;

    private static final double STEP = 1.25;
    private static final double LOWEST = 1e-3;

    private final double scaleWatts;
    private final double windowSeconds;
    private final double[] pricesByRung = new double[PRICES];
    private final byte[] price;
    private final byte[] rest;

    Schedule(double scaleWatts, double windowSeconds, int windows) {
        this.scaleWatts = scaleWatts;
        this.windowSeconds = windowSeconds;
        price = new byte[windows];
        rest = new byte[windows];
        double watts = scaleWatts * LOWEST;
        for (int rung = 1; rung < PRICES; rung++) {
            pricesByRung[rung] = watts;
            watts *= STEP;
        }
    }

    /** The rung whose price is nearest from below. */
    int rungOf(double watts) {
        int rung = 0;
        while (rung + 1 < PRICES && pricesByRung[rung + 1] <= watts) {
            rung++;
        }
        return rung;
    }

    int windows() {
        return price.length;
    }

    int windowAt(double seconds) {
        return Math.min((int) (seconds / windowSeconds), price.length - 1);
    }

    double startSeconds(int window) {
        return window * windowSeconds;
    }

    double priceWatts(int window) {
        return pricesByRung[price[window]];
    }

    double restFactor(int window) {
        return FACTORS[rest[window]];
    }

    void set(int window, int priceRung, int restRung) {
        price[window] = (byte) Math.clamp(priceRung, 0, PRICES - 1);
        rest[window] = (byte) Math.clamp(restRung, 0, RESTS - 1);
    }

    /** Moves windows {@code from} to {@code to}, exclusive, by so many rungs each. */
    void shift(int from, int to, int prices, int rests) {
        for (int window = from; window < to; window++) {
            set(window, price[window] + prices, rest[window] + rests);
        }
    }

    /** The windows {@code from} to {@code to}, exclusive, as in the other schedule. */
    void take(Schedule other, int from, int to) {
        System.arraycopy(other.price, from, price, from, to - from);
        System.arraycopy(other.rest, from, rest, from, to - from);
    }

    Schedule copy() {
        var copy = new Schedule(scaleWatts, windowSeconds, price.length);
        copy.take(this, 0, price.length);
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Schedule schedule
                && Arrays.equals(price, schedule.price)
                && Arrays.equals(rest, schedule.rest);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(price) + Arrays.hashCode(rest);
    }
}
