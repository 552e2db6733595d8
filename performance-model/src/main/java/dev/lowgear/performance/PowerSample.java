package dev.lowgear.performance;

import dev.lowgear.core.performance.OperatingPoint;
import dev.lowgear.core.performance.PerformanceModel;

/**
 * Mean watts of one engine over a metering window with a known busy share, at a steady clock; all
 * its GPUs together. A metered single iteration is a window that is busy throughout.
 *
 * @param epochMicros wall-clock start; decides only what is held out
 * @param meanWatts energy over length
 * @param busyShare share of the window spent in iterations, 0 to 1; in the remainder the engine
 *     rested or had nothing to do, at the same clock
 * @param at clock, and mean load over the busy time
 * @param prefillShare share of the busy time in iterations that prefill, 0 to 1
 */
public record PowerSample(
        long epochMicros,
        double meanWatts,
        double busyShare,
        OperatingPoint at,
        double prefillShare) {
    private static final double NEARLY_ALL = 0.9;

    public PowerSample {
        if (!(meanWatts > 0) || !Double.isFinite(meanWatts)) {
            throw new IllegalArgumentException("a GPU draws power, got " + meanWatts + " W");
        }
        if (!(busyShare >= 0) || !(busyShare <= 1)) {
            throw new IllegalArgumentException("a busy share is 0 to 1, got " + busyShare);
        }
        if (!(prefillShare >= 0) || !(prefillShare <= 1)) {
            throw new IllegalArgumentException("a prefill share is 0 to 1, got " + prefillShare);
        }
    }

    /** Whether its iterations were alike: all prefilled, or none. */
    boolean isUniform() {
        return at.prefillTokens() == 0 || prefillShare >= NEARLY_ALL;
    }

    /** What a model says its mean watts are: iterations that prefill, others, and rest. */
    double predictedWatts(PerformanceModel model) {
        int clock = model.clocks().indexAtLeast(at.clockMhz());
        double busy = model.busyWatts(clock, at.batch(), at.kvTokens(), prefillTokens());
        if (!isUniform()) {
            busy =
                    prefillShare * busy
                            + (1 - prefillShare)
                                    * model.busyWatts(clock, at.batch(), at.kvTokens(), 0);
        }
        return busyShare * busy + (1 - busyShare) * model.restWatts(clock);
    }

    /** Prefill tokens of an iteration that prefills. */
    private double prefillTokens() {
        return isUniform() || prefillShare == 0
                ? at.prefillTokens()
                : at.prefillTokens() / prefillShare;
    }
}
