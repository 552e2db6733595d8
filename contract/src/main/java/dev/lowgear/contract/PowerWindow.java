package dev.lowgear.contract;

import org.jspecify.annotations.Nullable;

/**
 * Energy of one engine over one metering window: counters are too coarse for iterations, so watts
 * are learned from windows with a known busy share.
 *
 * @param schemaVersion version of this record
 * @param agentId agent that metered it
 * @param engineId engine metered
 * @param servedModel model name as clients know it
 * @param fingerprint what makes engines comparable
 * @param gpuModel GPU model name
 * @param tensorParallel GPUs of the engine
 * @param startEpochMicros wall-clock start; decides nothing
 * @param lengthMicros length of the window, at least a second
 * @param millijoules counter delta, all GPUs
 * @param busyFraction share of the window spent in iterations
 * @param restFraction share spent resting between iterations; the remainder is idle
 * @param clockMhz measured clock, absent if it changed inside the window
 * @param meanBatch mean decoding requests over busy time
 * @param meanKvTokens mean KV tokens over busy time
 * @param meanPrefillTokens mean prefill tokens per iteration over busy time
 * @param prefillShare share of the busy time in iterations that prefill
 * @param stable whether the clock was steady, so that watts can be learned from it
 */
public record PowerWindow(
        int schemaVersion,
        String agentId,
        String engineId,
        String servedModel,
        String fingerprint,
        String gpuModel,
        int tensorParallel,
        long startEpochMicros,
        long lengthMicros,
        long millijoules,
        double busyFraction,
        double restFraction,
        @Nullable Integer clockMhz,
        double meanBatch,
        double meanKvTokens,
        double meanPrefillTokens,
        double prefillShare,
        boolean stable) {
    public PowerWindow {
        if (lengthMicros <= 0 || millijoules < 0) {
            throw new IllegalArgumentException(
                    "a window takes time and its energy is not negative");
        }
        if (!(busyFraction >= 0)
                || !(restFraction >= 0)
                || busyFraction + restFraction > 1.000_001) {
            throw new IllegalArgumentException("busy and rest are shares of one window");
        }
        if (!(prefillShare >= 0) || !(prefillShare <= 1)) {
            throw new IllegalArgumentException(
                    "prefillShare is a share of busy time, got " + prefillShare);
        }
    }
}
