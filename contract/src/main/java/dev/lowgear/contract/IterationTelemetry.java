package dev.lowgear.contract;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * One iteration of one engine, or a sample of several; a superset of ForwardPassMetrics v1 (NVIDIA
 * Dynamo, SGLang). What was not measured is absent, never 0.
 *
 * @param schemaVersion version of this record
 * @param agentId agent that saw it
 * @param engineId engine that ran it
 * @param incarnation the engine's incarnation
 * @param servedModel model name as clients know it
 * @param fingerprint what makes engines comparable: profile, version, dtype, limits
 * @param gpuModel GPU model name
 * @param tensorParallel GPUs of the engine
 * @param iteration number within the incarnation, of the last iteration of a sample
 * @param startEpochMicros wall-clock start, for people and for hold-out by second; decides nothing
 * @param busyMicros busy time of the iteration, or mean over the sample; never counts the rest
 *     before it
 * @param restMicros rest before it
 * @param paceMicros pace in force
 * @param runningRequests requests in the iteration, decoding and prefilling
 * @param queuedRequests requests waiting in engine and agent
 * @param prefillTokens prompt tokens prefilled in it
 * @param prefillRequests requests prefilled in it
 * @param prefillContextTokens context already cached of the requests prefilled in it
 * @param decodeTokens tokens decoded in it
 * @param kvTokens KV tokens in use
 * @param kvBlocks KV blocks in use
 * @param kvBlocksTotal KV blocks there are
 * @param requestedClockMhz clock asked for, 0 for the default clock
 * @param measuredClockMhz SM clock read back
 * @param busyMillijoules energy of the iteration, all GPUs
 * @param restMillijoules energy of the rest before it, all GPUs
 * @param clockEventReasons why the measured clock is not the requested one
 * @param decisionId decision in force; absent at the default gear
 * @param source how it was obtained
 * @param iterations iterations it stands for, 1 unless sampled
 */
public record IterationTelemetry(
        int schemaVersion,
        String agentId,
        String engineId,
        long incarnation,
        String servedModel,
        String fingerprint,
        String gpuModel,
        int tensorParallel,
        long iteration,
        long startEpochMicros,
        long busyMicros,
        @Nullable Long restMicros,
        @Nullable Long paceMicros,
        int runningRequests,
        @Nullable Integer queuedRequests,
        int prefillTokens,
        @Nullable Integer prefillRequests,
        @Nullable Long prefillContextTokens,
        int decodeTokens,
        @Nullable Long kvTokens,
        @Nullable Long kvBlocks,
        @Nullable Long kvBlocksTotal,
        @Nullable Integer requestedClockMhz,
        @Nullable Integer measuredClockMhz,
        @Nullable Long busyMillijoules,
        @Nullable Long restMillijoules,
        @Nullable List<String> clockEventReasons,
        @Nullable String decisionId,
        Source source,
        int iterations) {
    /** How telemetry was obtained, best first. */
    public enum Source {
        /** The engine told, per iteration. */
        ENGINE,
        /** Reconstructed from the token streams the agent proxies. */
        STREAM,
        /** Sampled over a window of several iterations. */
        SAMPLED
    }

    public IterationTelemetry {
        if (busyMicros <= 0
                || iterations < 1
                || runningRequests < 0
                || prefillTokens < 0
                || decodeTokens < 0) {
            throw new IllegalArgumentException(
                    "an iteration takes time and its counts are not negative: busyMicros "
                            + busyMicros
                            + ", iterations "
                            + iterations);
        }
    }
}
