package dev.lowgear.performance;

import dev.lowgear.core.engine.EngineLimits;
import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.performance.FitError;
import dev.lowgear.core.performance.OperatingPoint;
import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.physics.EnginePhysics;
import dev.lowgear.core.physics.IterationWork;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Telemetry of a specimen of an engine, at operating points drawn at random. */
final class Telemetry {
    private static final double NOISE = 0.02;
    private static final double STALL = 0.002;
    private static final long STEP_MICROS = 37_000;
    private static final long WINDOW_MICROS = 1_000_000;

    private final EnginePhysics truth;
    private final SplittableRandom random;

    private Telemetry(EnginePhysics truth, SplittableRandom random) {
        this.truth = truth;
        this.random = random;
    }

    /** Telemetry of an engine whose coefficients are drawn first. */
    static Telemetry of(SplittableRandom random) {
        return of(Llama13b.PROFILE, random);
    }

    /** The same of an engine of another profile. */
    static Telemetry of(EngineProfile profile, SplittableRandom random) {
        return new Telemetry(EnginePhysics.perturbed(profile, random.split()), random);
    }

    /** Iterations at random points, noisy, a few of them stalled. */
    List<TrainingSample> iterations(int count) {
        List<TrainingSample> samples = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            TrainingSample exact = exactly(i * STEP_MICROS);
            double micros = exact.micros() * noise();
            if (random.nextDouble() < STALL) {
                micros += 20_000 + 60_000 * random.nextDouble();
            }
            samples.add(at(exact, micros));
        }
        return samples;
    }

    /** Iterations at random points without noise: the mean of each cell. */
    List<TrainingSample> cellMeans(int count) {
        List<TrainingSample> samples = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            samples.add(exactly(i * STEP_MICROS));
        }
        return samples;
    }

    /** Metering windows of a second, busy to any degree. */
    List<PowerSample> windows(int count) {
        List<PowerSample> windows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            OperatingPoint at = point();
            double busy = random.nextInt(4) == 0 ? 0 : 0.3 + 0.7 * random.nextDouble();
            double watts = busy * busyWatts(at) + (1 - busy) * truth.restWatts(at.clockMhz());
            windows.add(
                    new PowerSample(
                            i * WINDOW_MICROS,
                            watts * noise(),
                            busy,
                            at,
                            at.prefillTokens() > 0 ? 1 : 0));
        }
        return windows;
    }

    /** Error of a model's busy watts at random points. */
    FitError wattsError(int count, PerformanceModel model) {
        double[] measured = new double[count];
        double[] predicted = new double[count];
        for (int i = 0; i < count; i++) {
            OperatingPoint at = point();
            measured[i] = busyWatts(at);
            predicted[i] =
                    model.busyWatts(
                            model.clocks().indexAtLeast(at.clockMhz()),
                            at.batch(),
                            at.kvTokens(),
                            at.prefillTokens());
        }
        return FitError.of(measured, predicted);
    }

    private TrainingSample exactly(long epochMicros) {
        OperatingPoint at = point();
        double context = at.prefillTokens() > 0 ? 2_000 * random.nextDouble() : 0;
        return new TrainingSample(
                epochMicros,
                at.clockMhz(),
                at.batch(),
                at.kvTokens(),
                at.prefillTokens(),
                context,
                truth.iterationNanos(work(at, context), at.clockMhz()) / 1e3);
    }

    private double busyWatts(OperatingPoint at) {
        return truth.busyWatts(work(at, 0), at.clockMhz());
    }

    private static IterationWork work(OperatingPoint at, double context) {
        int prefillTokens = (int) at.prefillTokens();
        int prefillRequests = prefillTokens > 0 ? 1 : 0;
        int batch = (int) at.batch();
        return new IterationWork(
                batch + prefillRequests,
                batch,
                prefillTokens,
                prefillRequests,
                (long) at.kvTokens(),
                prefillTokens * context);
    }

    static TrainingSample at(TrainingSample sample, double micros) {
        return new TrainingSample(
                sample.epochMicros(),
                sample.clockMhz(),
                sample.batch(),
                sample.kvTokens(),
                sample.prefillTokens(),
                sample.prefillContextTokens(),
                micros);
    }

    OperatingPoint point() {
        EngineLimits limits = truth.profile().limits();
        ClockLadder clocks = truth.profile().gpu().clocks();
        int lowest = clocks.indexAtLeast(clocks.highest() / 2);
        int clock = random.nextInt(lowest, clocks.size());
        int batch = (int) StrictMath.exp(random.nextDouble() * StrictMath.log(200));
        int kvTokens = Math.min(limits.kvCapacityTokens(), batch * random.nextInt(100, 1_600));
        int prefill = random.nextInt(3) == 0 ? random.nextInt(1, limits.chunkTokens() - batch) : 0;
        return new OperatingPoint(clocks.mhz(clock), batch, kvTokens, prefill);
    }

    /** Log-normal noise. */
    private double noise() {
        // Twelve uniforms make a normal good to three sigma.
        double sum = -6;
        for (int i = 0; i < 12; i++) {
            sum += random.nextDouble();
        }
        return StrictMath.exp(NOISE * sum);
    }
}
