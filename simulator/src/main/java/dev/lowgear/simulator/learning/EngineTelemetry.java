package dev.lowgear.simulator.learning;

import dev.lowgear.core.observation.WindowMeter;
import dev.lowgear.core.performance.OperatingPoint;
import dev.lowgear.core.physics.IterationCompleted;
import dev.lowgear.core.physics.IterationWork;
import dev.lowgear.performance.PowerSample;
import dev.lowgear.performance.TrainingSample;
import dev.lowgear.performance.TrainingSet;
import dev.lowgear.simulator.run.EngineWatch;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Telemetry of one engine as its agent takes it and the model-service selects it: iterations during
 * which the clock stayed, and windows of a second, metered by the coarse counter of the GPUs, in
 * which it did.
 */
final class EngineTelemetry implements EngineWatch {
    private static final long WINDOW_NANOS = 1_000_000_000;

    private final List<TrainingSample> iterations = new ArrayList<>();
    private final List<PowerSample> windows = new ArrayList<>();
    private final int defaultClockMhz;
    private long beforeMicros;
    private long lastMicros;
    private WindowMeter meter;

    EngineTelemetry(int defaultClockMhz) {
        this.defaultClockMhz = defaultClockMhz;
        meter = new WindowMeter(WINDOW_NANOS, 0, 0, defaultClockMhz);
    }

    /** What follows is another run of the same engine, later. */
    void nextRun() {
        beforeMicros += lastMicros;
        meter = new WindowMeter(WINDOW_NANOS, 0, 0, defaultClockMhz);
    }

    @Override
    public void iteration(IterationCompleted done) {
        boolean steady = done.startClockMhz() == done.clockMhz();
        IterationWork work = done.work();
        meter.add(
                new WindowMeter.Iteration(
                        done.durationNanos(),
                        done.restNanos(),
                        work.decodeTokens(),
                        work.kvTokens(),
                        work.prefillTokens(),
                        steady ? (@Nullable Integer) done.clockMhz() : null));
        if (steady) {
            iterations.add(
                    new TrainingSample(
                            beforeMicros + done.startNanos() / 1_000,
                            done.clockMhz(),
                            work.decodeTokens(),
                            work.kvTokens(),
                            work.prefillTokens(),
                            work.prefillAttention() / Math.max(1, work.prefillTokens()),
                            done.durationNanos() / 1e3));
        }
    }

    @Override
    public void second(long nowNanos, long millijoules, int clockMhz) {
        lastMicros = nowNanos / 1_000;
        WindowMeter.Window window = meter.end(nowNanos, millijoules, clockMhz);
        Integer clock = window.clockMhz();
        if (window.stable() && clock != null && window.millijoules() > 0) {
            windows.add(
                    new PowerSample(
                            beforeMicros + (nowNanos - window.lengthNanos()) / 1_000,
                            1e6 * window.millijoules() / window.lengthNanos(),
                            window.busyFraction(),
                            new OperatingPoint(
                                    clock,
                                    window.meanBatch(),
                                    window.meanKvTokens(),
                                    window.meanPrefillTokens()),
                            window.prefillShare()));
        }
    }

    /** All of it so far. */
    TrainingSet set() {
        return new TrainingSet(iterations, windows);
    }
}
