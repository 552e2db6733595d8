package dev.lowgear.performance;

import dev.lowgear.core.performance.OperatingPoint;

/**
 * Mean watts of one engine over a metering window with a known busy share, at a steady clock and
 * load; all its GPUs together. A metered single iteration is a window that is busy throughout.
 *
 * @param epochMicros wall-clock start; decides only what is held out
 * @param meanWatts energy over length
 * @param busyShare share of the window spent in iterations, 0 to 1; in the remainder the engine
 *     rested or had nothing to do, at the same clock
 * @param at clock, and mean load over the busy time
 */
public record PowerSample(long epochMicros, double meanWatts, double busyShare, OperatingPoint at) {
    public PowerSample {
        if (!(meanWatts > 0) || !Double.isFinite(meanWatts)) {
            throw new IllegalArgumentException("a GPU draws power, got " + meanWatts + " W");
        }
        if (!(busyShare >= 0) || !(busyShare <= 1)) {
            throw new IllegalArgumentException("a busy share is 0 to 1, got " + busyShare);
        }
    }
}
