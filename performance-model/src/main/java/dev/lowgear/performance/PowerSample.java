package dev.lowgear.performance;

import dev.lowgear.core.performance.OperatingPoint;

/**
 * Mean watts of one engine over a metering window with a known busy share, at a steady clock and
 * load; all its GPUs together. A metered single iteration is a window that is busy throughout.
 *
 * @param epochMicros wall-clock start; decides only what is held out
 * @param meanWatts energy over length
 * @param busyShare share of the window spent in iterations, 0 to 1
 * @param restShare share spent resting between iterations at the same clock; the remainder is idle
 *     at the lowest clock
 * @param at clock, and mean load over the busy time
 */
public record PowerSample(
        long epochMicros, double meanWatts, double busyShare, double restShare, OperatingPoint at) {
    public PowerSample {
        if (!(meanWatts > 0) || !Double.isFinite(meanWatts)) {
            throw new IllegalArgumentException("a GPU draws power, got " + meanWatts + " W");
        }
        if (!(busyShare >= 0) || !(restShare >= 0) || busyShare + restShare > 1.000_001) {
            throw new IllegalArgumentException(
                    "busy and rest are shares of one window, got "
                            + busyShare
                            + " and "
                            + restShare);
        }
    }

    /** Share of the window in which nothing ran and nothing was about to. */
    public double idleShare() {
        return Math.max(0, 1 - busyShare - restShare);
    }
}
