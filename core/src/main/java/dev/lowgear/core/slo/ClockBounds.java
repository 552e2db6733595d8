package dev.lowgear.core.slo;

/**
 * The clocks a policy allows, inclusive.
 *
 * @param floorMhz lowest allowed clock, 0 for none
 * @param ceilingMhz highest allowed clock, {@link Integer#MAX_VALUE} for none
 */
public record ClockBounds(int floorMhz, int ceilingMhz) {
    /** Every clock is allowed. */
    public static final ClockBounds ANY = new ClockBounds(0, Integer.MAX_VALUE);

    private static final int HIGHEST_MHZ = 10_000;

    public ClockBounds {
        if (floorMhz < 0 || floorMhz > HIGHEST_MHZ) {
            throw new IllegalArgumentException("clockFloorMhz: 0 to 10000, got " + floorMhz);
        }
        if (ceilingMhz > HIGHEST_MHZ && ceilingMhz != Integer.MAX_VALUE) {
            throw new IllegalArgumentException("clockCeilingMhz: 1 to 10000, got " + ceilingMhz);
        }
        if (ceilingMhz < Math.max(floorMhz, 1)) {
            throw new IllegalArgumentException(
                    "clockCeilingMhz: at least the floor of "
                            + floorMhz
                            + " MHz, got "
                            + ceilingMhz);
        }
    }

    /**
     * What both allow: the higher floor and the lower ceiling, the floor winning where they
     * contradict.
     */
    public ClockBounds and(ClockBounds other) {
        int floor = Math.max(floorMhz, other.floorMhz);
        return new ClockBounds(floor, Math.max(floor, Math.min(ceilingMhz, other.ceilingMhz)));
    }
}
