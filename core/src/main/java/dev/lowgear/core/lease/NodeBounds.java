package dev.lowgear.core.lease;

import dev.lowgear.core.gear.Gear;

/**
 * Bounds that no message can widen: they come from the node's own file.
 *
 * @param clockFloorMhz lowest clock that may be locked
 * @param clockCeilingMhz highest clock that may be locked
 * @param maximumPaceMicros longest pace, 0 if the engine must not be paced
 * @param maximumLeaseNanos longest lease
 */
public record NodeBounds(
        int clockFloorMhz, int clockCeilingMhz, long maximumPaceMicros, long maximumLeaseNanos) {
    public NodeBounds {
        if (clockFloorMhz <= 0 || clockCeilingMhz < clockFloorMhz) {
            throw new IllegalArgumentException(
                    "clock floor and ceiling are positive and in this order, got "
                            + clockFloorMhz
                            + " and "
                            + clockCeilingMhz);
        }
        if (maximumPaceMicros < 0) {
            throw new IllegalArgumentException(
                    "a maximum pace is not negative, got " + maximumPaceMicros);
        }
        if (maximumLeaseNanos <= 0) {
            throw new IllegalArgumentException(
                    "a maximum lease is positive, got " + maximumLeaseNanos);
        }
    }

    /** The nearest clock within bounds; the default clock is always within. */
    public int clampClock(int clockMhz) {
        return clockMhz == Gear.DEFAULT_CLOCK
                ? Gear.DEFAULT_CLOCK
                : Math.clamp(clockMhz, clockFloorMhz, clockCeilingMhz);
    }

    /** The nearest gear within bounds. */
    public Gear clamp(Gear gear) {
        return new Gear(
                clampClock(gear.clockMhz()), Math.min(gear.paceMicros(), maximumPaceMicros));
    }
}
