package dev.lowgear.simulator.learning;

import dev.lowgear.core.engine.EngineLimits;
import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.performance.FitError;
import dev.lowgear.core.performance.OperatingPoint;
import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.performance.PerformanceTable;
import dev.lowgear.core.performance.TrustGate;
import dev.lowgear.core.physics.EnginePhysics;
import dev.lowgear.core.physics.IterationWork;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * How far a learned table and the untrained prior lie from an engine's physics, noise left out, at
 * random operating points that none of its telemetry had and at which the gate lets the table
 * steer. Nobody could measure this on a real engine.
 *
 * @param time error of the table's iteration times
 * @param priorTime the prior's on the same points
 * @param watts error of the table's busy watts
 * @param priorWatts the prior's on the same points
 * @param rest error of the table's watts at rest, over its clocks
 */
public record TableCheck(
        FitError time, FitError priorTime, FitError watts, FitError priorWatts, FitError rest) {
    private static final int POINTS = 2_000;
    private static final int MOST_DRAWS = 50 * POINTS;

    /** Checks at up to 2,000 points. */
    static TableCheck of(
            EnginePhysics physics,
            PerformanceTable table,
            PerformanceModel prior,
            Set<OperatingPoint> trainedOn,
            RandomGenerator random) {
        List<OperatingPoint> points = new ArrayList<>();
        for (int draw = 0; draw < MOST_DRAWS && points.size() < POINTS; draw++) {
            OperatingPoint point = point(physics, random);
            if (!trainedOn.contains(point) && steersAt(table, point)) {
                points.add(point);
            }
        }
        double[] micros = new double[points.size()];
        double[] watts = new double[points.size()];
        for (int i = 0; i < micros.length; i++) {
            OperatingPoint at = points.get(i);
            IterationWork work = work(at);
            micros[i] = physics.iterationNanos(work, at.clockMhz()) / 1e3;
            watts[i] = physics.busyWatts(work, at.clockMhz());
        }
        return new TableCheck(
                FitError.of(micros, times(table, points)),
                FitError.of(micros, times(prior, points)),
                FitError.of(watts, watts(table, points)),
                FitError.of(watts, watts(prior, points)),
                rest(physics, table));
    }

    private static boolean steersAt(PerformanceTable table, OperatingPoint at) {
        return table.trusted(
                TrustGate.STANDARD,
                table.clocks().indexAtLeast(at.clockMhz()),
                at.batch(),
                at.kvTokens(),
                at.prefillTokens());
    }

    private static OperatingPoint point(EnginePhysics physics, RandomGenerator random) {
        EngineLimits limits = physics.profile().limits();
        ClockLadder clocks = physics.profile().gpu().clocks();
        int batch = (int) StrictMath.exp(random.nextDouble() * StrictMath.log(limits.maxBatch()));
        int kvTokens = Math.min(limits.kvCapacityTokens(), batch * random.nextInt(100, 1_600));
        boolean prefills = random.nextInt(3) == 0;
        int prefill = prefills ? random.nextInt(1, limits.chunkTokens() - batch + 1) : 0;
        return new OperatingPoint(
                clocks.mhz(random.nextInt(clocks.size())), batch, kvTokens, prefill);
    }

    private static IterationWork work(OperatingPoint at) {
        int prefill = (int) at.prefillTokens();
        int prefilling = prefill > 0 ? 1 : 0;
        int batch = (int) at.batch();
        return new IterationWork(
                batch + prefilling,
                batch,
                prefill,
                prefilling,
                (long) at.kvTokens(),
                prefill * (prefill / 2.0));
    }

    private static double[] times(PerformanceModel model, List<OperatingPoint> points) {
        return points.stream()
                .mapToDouble(at ->
                        model.iterationMicros(
                                model.clocks().indexAtLeast(at.clockMhz()),
                                at.batch(),
                                at.kvTokens(),
                                at.prefillTokens()))
                .toArray();
    }

    private static double[] watts(PerformanceModel model, List<OperatingPoint> points) {
        return points.stream()
                .mapToDouble(at ->
                        model.busyWatts(
                                model.clocks().indexAtLeast(at.clockMhz()),
                                at.batch(),
                                at.kvTokens(),
                                at.prefillTokens()))
                .toArray();
    }

    private static FitError rest(EnginePhysics physics, PerformanceTable table) {
        double[] truth = new double[table.clocks().size()];
        double[] learned = new double[truth.length];
        for (int clock = 0; clock < truth.length; clock++) {
            truth[clock] = physics.restWatts(table.clocks().mhz(clock));
            learned[clock] = table.restWatts(clock);
        }
        return FitError.of(truth, learned);
    }
}
