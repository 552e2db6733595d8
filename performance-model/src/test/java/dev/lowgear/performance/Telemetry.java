package dev.lowgear.performance;

import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.performance.FitError;
import dev.lowgear.core.performance.OperatingPoint;
import dev.lowgear.core.performance.PerformanceModel;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Telemetry of an engine whose truth is known, at operating points drawn at random. */
final class Telemetry {
    private static final double NOISE = 0.02;
    private static final double STALL = 0.002;
    private static final long STEP_MICROS = 37_000;
    private static final long WINDOW_MICROS = 1_000_000;

    private final Truth truth;
    private final SplittableRandom random;

    Telemetry(Truth truth, SplittableRandom random) {
        this.truth = truth;
        this.random = random;
    }

    /** Telemetry of an engine whose coefficients are drawn first. */
    static Telemetry of(SplittableRandom random) {
        return new Telemetry(TwoA100.of(random.split()), random);
    }

    /** What an engine really does. */
    interface Truth {
        ClockLadder clocks();

        int kvCapacityTokens();

        double micros(OperatingPoint at, double context);

        double busyWatts(OperatingPoint at);

        double restWatts(int clockMhz);
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
            double watts = busy * truth.busyWatts(at) + (1 - busy) * truth.restWatts(at.clockMhz());
            windows.add(new PowerSample(i * WINDOW_MICROS, watts * noise(), busy, at));
        }
        return windows;
    }

    /** Error of a model's busy watts at random points. */
    FitError wattsError(int count, PerformanceModel model) {
        double[] measured = new double[count];
        double[] predicted = new double[count];
        for (int i = 0; i < count; i++) {
            OperatingPoint at = point();
            measured[i] = truth.busyWatts(at);
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
                truth.micros(at, context));
    }

    private static TrainingSample at(TrainingSample sample, double micros) {
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
        ClockLadder clocks = truth.clocks();
        int lowest = clocks.indexAtLeast(clocks.highest() / 2);
        int clock = random.nextInt(lowest, clocks.size());
        int batch = (int) StrictMath.exp(random.nextDouble() * StrictMath.log(200));
        double kvTokens =
                Math.min(truth.kvCapacityTokens(), batch * (100 + 1_500 * random.nextDouble()));
        int prefill = random.nextInt(3) == 0 ? random.nextInt(1, 513 - batch) : 0;
        return new OperatingPoint(clocks.mhz(clock), batch, kvTokens, prefill);
    }

    private double noise() {
        return noise(random);
    }

    /** Log-normal noise of two percent. */
    static double noise(SplittableRandom random) {
        // Twelve uniforms make a normal good to three sigma.
        double sum = -6;
        for (int i = 0; i < 12; i++) {
            sum += random.nextDouble();
        }
        return StrictMath.exp(NOISE * sum);
    }
}
