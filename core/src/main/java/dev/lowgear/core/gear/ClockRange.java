package dev.lowgear.core.gear;

import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.slo.ClockBounds;

import java.util.Locale;

/**
 * The rungs of a ladder that may be chosen.
 *
 * @param ladder all clocks
 * @param lowest index of the lowest allowed clock
 * @param highest index of the highest allowed clock, at least {@code lowest}
 */
public record ClockRange(ClockLadder ladder, int lowest, int highest) {
    public ClockRange {
        if (lowest < 0 || highest < lowest || highest >= ladder.size()) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "no range %d…%d on %s", lowest, highest, ladder));
        }
    }

    /**
     * The rungs within the bounds. Where no rung lies within, the lowest one above the floor: a
     * promise outranks a joule.
     */
    public static ClockRange of(ClockLadder ladder, ClockBounds bounds) {
        int lowest = ladder.indexAtLeast(bounds.floorMhz());
        return new ClockRange(
                ladder, lowest, Math.max(lowest, ladder.indexAtMost(bounds.ceilingMhz())));
    }

    /** The lowest allowed clock. */
    public int lowestMhz() {
        return ladder.mhz(lowest);
    }

    /** The highest allowed clock. */
    public int highestMhz() {
        return ladder.mhz(highest);
    }

    /** Whether this is one of the allowed clocks. */
    public boolean contains(int mhz) {
        return ladder.supports(mhz) && mhz >= lowestMhz() && mhz <= highestMhz();
    }

    /** The index of the lowest allowed clock that is at least {@code mhz}; else the highest. */
    public int indexAtLeast(int mhz) {
        return Math.clamp(ladder.indexAtLeast(mhz), lowest, highest);
    }

    /** The lowest allowed clock that is at least {@code mhz}; else the highest allowed one. */
    public int atLeast(int mhz) {
        return ladder.mhz(indexAtLeast(mhz));
    }
}
