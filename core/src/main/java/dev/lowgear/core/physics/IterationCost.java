package dev.lowgear.core.physics;

import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.engine.ServedModel;
import dev.lowgear.core.gpu.GpuModel;

import java.util.random.RandomGenerator;

/**
 * How long an iteration takes, in seconds, at {@code x} = clock over highest clock:
 *
 * <pre>
 * t = max(T_w, t_c·(B+P)/x)            weights streamed from memory, or the matrix products
 *   + KV·max(c_kv, c'_kv/x)            attention of decoding requests over their cache
 *   + a·Σ P·context/x                  attention of prefill chunks
 *   + b·B + o/x                        per sequence; kernel launches
 *   + r + r_t·(B+P)                    all-reduce of a tensor-parallel group: latency, volume
 *   + (steps passed)·s·T_w/x           larger tiles of the matrix products beyond 64, 128, 256 rows
 * </pre>
 *
 * with {@code B} decode tokens, {@code P} prefill tokens. From the data sheets, with n GPUs: {@code
 * T_w} = weight bytes / (n · 0.9 · bandwidth), {@code c_kv} = KV bytes per token / (n · 0.8 ·
 * bandwidth), {@code c'_kv} = 0.6 · c_kv, {@code t_c} = 2 · parameters / (n · 0.6 · peak FLOP/s),
 * {@code a} = 4 · layers · width / (n · 0.6 · peak FLOP/s). The efficiencies 0.9, 0.8, 0.6 and the
 * hard maximum were fitted to an L20's decode times (pdblend; 114 points, mean error 3 %).
 *
 * @param weightsSeconds {@code T_w}
 * @param tokenSeconds {@code t_c}
 * @param kvTokenSeconds {@code c_kv}
 * @param kvTokenClockSeconds {@code c'_kv}
 * @param attentionSeconds {@code a}
 * @param sequenceSeconds {@code b}
 * @param launchSeconds {@code o}
 * @param reduceSeconds {@code r}
 * @param reduceTokenSeconds {@code r_t}
 * @param tileStep {@code s}
 */
record IterationCost(
        double weightsSeconds,
        double tokenSeconds,
        double kvTokenSeconds,
        double kvTokenClockSeconds,
        double attentionSeconds,
        double sequenceSeconds,
        double launchSeconds,
        double reduceSeconds,
        double reduceTokenSeconds,
        double tileStep) {

    private static final double WEIGHT_STREAM_EFFICIENCY = 0.9;
    private static final double KV_STREAM_EFFICIENCY = 0.8;
    private static final double COMPUTE_EFFICIENCY = 0.6;
    private static final double LINK_EFFICIENCY = 0.8;
    private static final double KV_CLOCK_SHARE = 0.6;
    private static final double ALL_REDUCE_LATENCY_SECONDS = 12e-6;
    private static final double TILE_STEP = 0.03;

    /** As the data sheets and the GPU's calibration have it. */
    static IterationCost nominal(EngineProfile profile) {
        ServedModel model = profile.model();
        GpuModel gpu = profile.gpu();
        Calibration calibration = Calibration.of(gpu);
        int gpus = profile.tensorParallel();
        double flops = gpus * COMPUTE_EFFICIENCY * gpu.peakFlops();
        double kvSeconds =
                model.kvBytesPerToken() / (gpus * KV_STREAM_EFFICIENCY * gpu.memoryBandwidth());
        // A ring of n sends each element 2·(n−1)/n times; two all-reduces per layer.
        double reduced = 2.0 * model.layers() * 2 * (gpus - 1) / gpus;
        return new IterationCost(
                model.weightBytes() / (gpus * WEIGHT_STREAM_EFFICIENCY * gpu.memoryBandwidth()),
                2.0 * model.parameters() / flops,
                kvSeconds,
                KV_CLOCK_SHARE * kvSeconds,
                4.0 * model.layers() * model.hiddenSize() / flops,
                calibration.sequenceSeconds(),
                calibration.launchSecondsPerLayer() * model.layers(),
                gpus == 1 ? 0 : 2.0 * model.layers() * ALL_REDUCE_LATENCY_SECONDS,
                reduced
                        * model.hiddenSize()
                        * model.bytesPerElement()
                        / (LINK_EFFICIENCY * gpu.linkBandwidth()),
                TILE_STEP);
    }

    /** Another specimen: every coefficient moved by its own factor from 1 ± {@code spread}. */
    IterationCost perturbed(RandomGenerator random, double spread) {
        return new IterationCost(
                weightsSeconds * factor(random, spread),
                tokenSeconds * factor(random, spread),
                kvTokenSeconds * factor(random, spread),
                kvTokenClockSeconds * factor(random, spread),
                attentionSeconds * factor(random, spread),
                sequenceSeconds * factor(random, spread),
                launchSeconds * factor(random, spread),
                reduceSeconds * factor(random, spread),
                reduceTokenSeconds * factor(random, spread),
                tileStep * factor(random, spread));
    }

    static double factor(RandomGenerator random, double spread) {
        return 1 - spread + 2 * spread * random.nextDouble();
    }

    /** The time of {@code work} at relative clock {@code x}. */
    double seconds(IterationWork work, double x) {
        int tokens = work.tokens();
        return Math.max(weightsSeconds, tokenSeconds * tokens / x)
                + work.kvTokens() * Math.max(kvTokenSeconds, kvTokenClockSeconds / x)
                + attentionSeconds * work.prefillAttention() / x
                + sequenceSeconds * work.decodeTokens()
                + launchSeconds / x
                + reduceSeconds
                + reduceTokenSeconds * tokens
                + tileSteps(tokens) * tileStep * weightsSeconds / x;
    }

    /** Tokens from which on the matrix products, not the weights, set the time at full clock. */
    double saturationTokens() {
        return weightsSeconds / tokenSeconds;
    }

    private static int tileSteps(int tokens) {
        if (tokens <= 64) {
            return 0;
        }
        if (tokens <= 128) {
            return 1;
        }
        return tokens <= 256 ? 2 : 3;
    }
}
