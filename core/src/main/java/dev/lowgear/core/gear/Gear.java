package dev.lowgear.core.gear;

/**
 * How an engine is to run: clock and pace together.
 *
 * @param clockMhz SM clock to lock, or {@link #DEFAULT_CLOCK} for the GPU's own default behaviour
 * @param paceMicros least time between the starts of two iterations, 0 for none
 */
public record Gear(int clockMhz, long paceMicros) {
    /** Stands for "no lock": the GPU's default clock. */
    public static final int DEFAULT_CLOCK = 0;

    /** What everything fails to: default clock, pace 0. */
    public static final Gear DEFAULT = new Gear(DEFAULT_CLOCK, 0);

    public Gear {
        if (clockMhz < 0) {
            throw new IllegalArgumentException("a clock is not negative, got " + clockMhz);
        }
        if (paceMicros < 0) {
            throw new IllegalArgumentException("a pace is not negative, got " + paceMicros);
        }
    }

    /** This clock without rest. */
    public static Gear clock(int clockMhz) {
        return new Gear(clockMhz, 0);
    }

    /** Whether no clock is locked. */
    public boolean hasDefaultClock() {
        return clockMhz == DEFAULT_CLOCK;
    }
}
