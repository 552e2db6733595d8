package dev.lowgear.core.gpu;

import java.util.Arrays;

/**
 * The SM clocks a GPU supports, ascending, in MHz. Planner and table address a clock by its index
 * on this ladder, so that hot paths never search for one.
 */
public final class ClockLadder {
    private final int[] clocksMhz;

    private ClockLadder(int[] clocksMhz) {
        this.clocksMhz = clocksMhz;
    }

    /**
     * A ladder of the given clocks.
     *
     * @param clocksMhz distinct positive clocks in any order
     * @throws IllegalArgumentException if there is none, or one is not positive or occurs twice
     */
    public static ClockLadder of(int... clocksMhz) {
        int[] sorted = clocksMhz.clone();
        Arrays.sort(sorted);
        if (sorted.length == 0) {
            throw new IllegalArgumentException("a clock ladder needs at least one clock");
        }
        if (sorted[0] <= 0) {
            throw new IllegalArgumentException("clocks are positive MHz, got " + sorted[0]);
        }
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) {
                throw new IllegalArgumentException("clock " + sorted[i] + " MHz occurs twice");
            }
        }
        return new ClockLadder(sorted);
    }

    /**
     * Every clock from {@code lowestMhz} to {@code highestMhz} in steps of {@code stepMhz}, the
     * highest included.
     */
    public static ClockLadder stepped(int lowestMhz, int highestMhz, int stepMhz) {
        if (stepMhz <= 0 || highestMhz < lowestMhz || (highestMhz - lowestMhz) % stepMhz != 0) {
            throw new IllegalArgumentException(
                    "no ladder from "
                            + lowestMhz
                            + " to "
                            + highestMhz
                            + " MHz in steps of "
                            + stepMhz);
        }
        int[] clocks = new int[(highestMhz - lowestMhz) / stepMhz + 1];
        for (int i = 0; i < clocks.length; i++) {
            clocks[i] = lowestMhz + i * stepMhz;
        }
        return of(clocks);
    }

    /** How many clocks there are. */
    public int size() {
        return clocksMhz.length;
    }

    /** The clock at {@code index}, 0 being the lowest. */
    public int mhz(int index) {
        return clocksMhz[index];
    }

    /** The lowest clock in MHz. */
    public int lowest() {
        return clocksMhz[0];
    }

    /** The highest clock in MHz. */
    public int highest() {
        return clocksMhz[clocksMhz.length - 1];
    }

    /** The index of the highest clock. */
    public int highestIndex() {
        return clocksMhz.length - 1;
    }

    /** Clock over highest clock, the {@code x} of every formula; in (0, 1]. */
    public double relative(int index) {
        return (double) clocksMhz[index] / highest();
    }

    /** The index of the lowest clock that is at least {@code mhz}; the highest index if none is. */
    public int indexAtLeast(int mhz) {
        int found = Arrays.binarySearch(clocksMhz, mhz);
        int index = found >= 0 ? found : -found - 1;
        return Math.min(index, clocksMhz.length - 1);
    }

    /** The index of the highest clock that is at most {@code mhz}; 0 if none is. */
    public int indexAtMost(int mhz) {
        int found = Arrays.binarySearch(clocksMhz, mhz);
        return Math.max(found >= 0 ? found : -found - 2, 0);
    }

    /** Whether {@code mhz} is one of the supported clocks. */
    public boolean supports(int mhz) {
        return Arrays.binarySearch(clocksMhz, mhz) >= 0;
    }

    /** A copy of the clocks, ascending, in MHz. */
    public int[] toArray() {
        return clocksMhz.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClockLadder ladder && Arrays.equals(clocksMhz, ladder.clocksMhz);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(clocksMhz);
    }

    @Override
    public String toString() {
        return lowest() + "…" + highest() + " MHz, " + size() + " clocks";
    }
}
