package dev.lowgear.core.performance;

import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.engine.ServedModel;
import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.gpu.GpuModel;

/**
 * The prior: what two data sheets say before anything was measured. A roofline for time and a cubic
 * for power, {@code x} the clock relative to the highest, {@code B} decoding requests, {@code K} KV
 * tokens and {@code P} prefill tokens:
 *
 * <pre>
 * t = max((weight bytes + K · KV bytes per token) / (tp · η · bandwidth),
 *         2 · parameters · (B + P) / (tp · η · peak FLOP/s · x))
 * p = tp · (idle + (board − idle) · x³)
 * </pre>
 *
 * with {@code η} = 0.6 of what the sheets promise. It knows nothing of launch overhead, attention,
 * collectives, tile sizes or the voltage floor, and is wrong by tens of percent. It is there so
 * that an engine can be planned for, and explored, before its first table, and to close what thin
 * telemetry leaves open.
 */
public final class AnalyticModel implements PerformanceModel {
    private static final double UTILISATION = 0.6;
    private static final double MICROS = 1e6;

    private final ClockLadder clocks;
    private final double weightMicros;
    private final double kvMicrosPerToken;
    private final double computeMicrosPerToken;
    private final double idleWatts;
    private final double boardWatts;

    private AnalyticModel(Sheet sheet) {
        double bandwidth = sheet.tensorParallel() * UTILISATION * sheet.memoryBandwidth();
        double flops = sheet.tensorParallel() * UTILISATION * sheet.peakFlops();
        clocks = sheet.clocks();
        weightMicros = MICROS * sheet.weightBytes() / bandwidth;
        kvMicrosPerToken = MICROS * sheet.kvBytesPerToken() / bandwidth;
        computeMicrosPerToken = MICROS * 2 * sheet.parameters() / flops;
        idleWatts = sheet.tensorParallel() * sheet.idleWatts();
        boardWatts = sheet.tensorParallel() * sheet.boardWatts();
    }

    /**
     * What the sheets of a GPU and of a model say about an engine.
     *
     * @param clocks SM clocks of the GPU
     * @param memoryBandwidth peak bytes per second of one GPU
     * @param peakFlops 16-bit operations per second of one GPU at its highest clock
     * @param boardWatts board power limit of one GPU
     * @param idleWatts of one GPU with weights loaded
     * @param parameters weights of the model
     * @param weightBytes memory they take, over all GPUs
     * @param kvBytesPerToken KV cache of one token, over all GPUs
     * @param tensorParallel GPUs of the engine
     */
    public record Sheet(
            ClockLadder clocks,
            double memoryBandwidth,
            double peakFlops,
            double boardWatts,
            double idleWatts,
            double parameters,
            double weightBytes,
            double kvBytesPerToken,
            int tensorParallel) {
        public Sheet {
            requirePositive("memoryBandwidth", memoryBandwidth);
            requirePositive("peakFlops", peakFlops);
            requirePositive("idleWatts", idleWatts);
            requirePositive("boardWatts above idle", boardWatts - idleWatts);
            requirePositive("parameters", parameters);
            requirePositive("weightBytes", weightBytes);
            requirePositive("kvBytesPerToken", kvBytesPerToken);
            requirePositive("tensorParallel", tensorParallel);
        }

        private static void requirePositive(String figure, double value) {
            if (!(value > 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException(
                        figure + " of a data sheet is positive, got " + value);
            }
        }
    }

    /** The prior of an engine whose sheets are on record. */
    public static AnalyticModel of(EngineProfile profile) {
        GpuModel gpu = profile.gpu();
        ServedModel model = profile.model();
        return of(
                new Sheet(
                        gpu.clocks(),
                        gpu.memoryBandwidth(),
                        gpu.peakFlops(),
                        gpu.boardWatts(),
                        gpu.idleWatts(),
                        model.parameters(),
                        model.weightBytes(),
                        model.kvBytesPerToken(),
                        profile.tensorParallel()));
    }

    /** The prior of any other engine. */
    public static AnalyticModel of(Sheet sheet) {
        return new AnalyticModel(sheet);
    }

    @Override
    public ClockLadder clocks() {
        return clocks;
    }

    @Override
    public double iterationMicros(
            int clockIndex, double batch, double kvTokens, double prefillTokens) {
        double memory = weightMicros + kvTokens * kvMicrosPerToken;
        double compute =
                (batch + prefillTokens) * computeMicrosPerToken / clocks.relative(clockIndex);
        return Math.max(memory, compute);
    }

    @Override
    public double busyWatts(int clockIndex, double batch, double kvTokens, double prefillTokens) {
        double x = clocks.relative(clockIndex);
        return idleWatts + (boardWatts - idleWatts) * x * x * x;
    }

    @Override
    public double restWatts(int clockIndex) {
        return idleWatts;
    }

    @Override
    public double idleWatts() {
        return idleWatts;
    }

    @Override
    public double staticWatts() {
        return idleWatts;
    }
}
