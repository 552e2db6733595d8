package dev.lowgear.performance;

import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.performance.OperatingPoint;
import dev.lowgear.core.physics.EnginePhysics;
import dev.lowgear.core.physics.EngineRequest;
import dev.lowgear.core.physics.IterationCompleted;
import dev.lowgear.core.physics.SimulatedEngine;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Telemetry as an agent takes it from a simulated engine under chat-like traffic, while no trusted
 * table exists: one of eight clocks from the highest to half of it, held for two seconds each;
 * iterations in which the clock changed are left out; energy is metered over windows of at least a
 * second at one clock.
 */
final class LiveEngine {
    private static final int EXPLORED = 8;
    private static final long HOLD_NANOS = 2_000_000_000L;
    private static final long WINDOW_NANOS = 1_000_000_000L;
    private static final double MEAN_ANSWER = 250;

    private final SimulatedEngine engine;
    private final ClockLadder clocks;
    private final SplittableRandom random;
    private final double requestsPerSecond;
    private final List<TrainingSample> iterations = new ArrayList<>();
    private final List<PowerSample> windows = new ArrayList<>();
    private final List<Double> unexplored = new ArrayList<>();
    private Window window = new Window(0);
    private long requests;

    private LiveEngine(EnginePhysics physics, double requestsPerSecond, SplittableRandom random) {
        this.random = random;
        this.requestsPerSecond = requestsPerSecond;
        clocks = physics.profile().gpu().clocks();
        engine = new SimulatedEngine(physics, random.split(), 0);
    }

    /** What so many seconds of an engine tell. */
    static TrainingSet record(
            EnginePhysics physics, double requestsPerSecond, int seconds, SplittableRandom random) {
        LiveEngine live = new LiveEngine(physics, requestsPerSecond, random);
        live.run(seconds * 1_000_000_000L);
        return new TrainingSet(live.iterations, live.windows);
    }

    private void run(long endNanos) {
        long nextRequest = 0;
        long nextClock = 0;
        while (engine.timeNanos() < endNanos) {
            long now = Math.min(Math.min(nextRequest, nextClock), endNanos);
            for (IterationCompleted done = engine.advance(now);
                    done != null;
                    done = engine.advance(now)) {
                observe(done);
            }
            if (now == nextRequest) {
                engine.submit(request(), now);
                nextRequest += (long) (1e9 * exponential(1 / requestsPerSecond)) + 1;
            }
            if (now == nextClock) {
                engine.requestClock((int) (explore() * clocks.highest()), now);
                nextClock += HOLD_NANOS;
            }
        }
    }

    /** The next clock relative to the highest; each of the eight once, in any order, then anew. */
    private double explore() {
        if (unexplored.isEmpty()) {
            for (int step = 0; step < EXPLORED; step++) {
                unexplored.add(1 - step / 14.0);
            }
        }
        return unexplored.remove(random.nextInt(unexplored.size()));
    }

    private EngineRequest request() {
        int prompt = 50 + (int) (1_500 * random.nextDouble() * random.nextDouble());
        return new EngineRequest(requests++, prompt, 1 + (int) exponential(MEAN_ANSWER), 2_048);
    }

    private double exponential(double mean) {
        return -mean * StrictMath.log(1 - random.nextDouble());
    }

    private void observe(IterationCompleted done) {
        if (done.startClockMhz() != done.clockMhz() || done.clockMhz() != window.clockMhz) {
            window = new Window(done.clockMhz());
            return;
        }
        int prefill = done.work().prefillTokens();
        TrainingSample sample =
                new TrainingSample(
                        done.startNanos() / 1_000,
                        done.clockMhz(),
                        done.work().decodeTokens(),
                        done.work().kvTokens(),
                        prefill,
                        prefill == 0 ? 0 : done.work().prefillAttention() / prefill,
                        done.durationNanos() / 1e3);
        iterations.add(sample);
        window.add(sample, done);
        if (window.nanos >= WINDOW_NANOS) {
            windows.add(window.sample());
            window = new Window(done.clockMhz());
        }
    }

    /** Sums over the window under way. */
    private static final class Window {
        private final int clockMhz;
        private long nanos;
        private double joules;
        private double busyMicros;
        private double batch;
        private double kvTokens;
        private double prefillTokens;
        private double prefillMicros;
        private long epochMicros = -1;

        Window(int clockMhz) {
            this.clockMhz = clockMhz;
        }

        void add(TrainingSample sample, IterationCompleted done) {
            if (epochMicros < 0) {
                epochMicros = sample.epochMicros();
            }
            nanos += done.durationNanos() + done.restNanos() + done.idleNanos();
            joules += done.energy().joules();
            busyMicros += sample.micros();
            batch += sample.batch() * sample.micros();
            kvTokens += sample.kvTokens() * sample.micros();
            prefillTokens += sample.prefillTokens() * sample.micros();
            prefillMicros += sample.prefillTokens() > 0 ? sample.micros() : 0;
        }

        PowerSample sample() {
            return new PowerSample(
                    epochMicros,
                    joules * 1e9 / nanos,
                    Math.min(1, busyMicros * 1e3 / nanos),
                    new OperatingPoint(
                            clockMhz,
                            batch / busyMicros,
                            kvTokens / busyMicros,
                            prefillTokens / busyMicros),
                    prefillMicros / busyMicros);
        }
    }
}
