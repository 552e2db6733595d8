package dev.lowgear.simulator.run;

import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.performance.FitError;
import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.performance.PerformanceTable;
import dev.lowgear.core.performance.RegionSupport;
import dev.lowgear.core.performance.TableGrid;
import dev.lowgear.core.performance.TableIdentity;
import dev.lowgear.core.performance.TableQuality;
import dev.lowgear.core.physics.EnginePhysics;
import dev.lowgear.core.physics.IterationWork;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An engine's own physics as a performance table: what learning could come to at best. Its error is
 * measured between the knots of its grid, where it interpolates.
 */
final class PhysicsTable implements PerformanceModel {
    private static final double MICROS_PER_NANO = 1e-3;

    private final EnginePhysics physics;
    private final ClockLadder clocks;

    private PhysicsTable(EnginePhysics physics) {
        this.physics = physics;
        clocks = physics.profile().gpu().clocks();
    }

    static PerformanceTable of(EnginePhysics physics) {
        EngineProfile profile = physics.profile();
        var model = new PhysicsTable(physics);
        TableGrid grid = TableGrid.covering(model.clocks, profile.limits());
        var identity =
                new TableIdentity(
                        "physics",
                        1,
                        profile.model().id(),
                        profile.gpu().id(),
                        profile.tensorParallel(),
                        profile.id());
        var rough = PerformanceTable.tabulate(identity, grid, model, TableQuality.untrained(grid));
        FitError error = error(model, rough, grid);
        var quality =
                new TableQuality(
                        error.count(),
                        error,
                        null,
                        null,
                        null,
                        false,
                        RegionSupport.over(grid),
                        Instant.EPOCH,
                        Instant.EPOCH);
        return PerformanceTable.tabulate(identity, grid, model, quality);
    }

    private static FitError error(PhysicsTable model, PerformanceTable table, TableGrid grid) {
        List<Double> measured = new ArrayList<>();
        List<Double> predicted = new ArrayList<>();
        for (int clock = 0; clock < model.clocks.size(); clock++) {
            for (int b = 1; b < grid.batch().size(); b++) {
                double batch = Math.ceil((grid.batch().at(b - 1) + grid.batch().at(b)) / 2);
                for (int k = 1; k < grid.kvTokens().size(); k++) {
                    double kv = (grid.kvTokens().at(k - 1) + grid.kvTokens().at(k)) / 2;
                    measured.add(model.iterationMicros(clock, batch, kv, 0));
                    predicted.add(table.iterationMicros(clock, batch, kv, 0));
                }
            }
        }
        return FitError.of(array(measured), array(predicted));
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public ClockLadder clocks() {
        return clocks;
    }

    @Override
    public double iterationMicros(
            int clockIndex, double batch, double kvTokens, double prefillTokens) {
        return MICROS_PER_NANO
                * physics.iterationNanos(
                        work(batch, kvTokens, prefillTokens), clocks.mhz(clockIndex));
    }

    @Override
    public double busyWatts(int clockIndex, double batch, double kvTokens, double prefillTokens) {
        return physics.busyWatts(work(batch, kvTokens, prefillTokens), clocks.mhz(clockIndex));
    }

    /** Prefill is taken to attend to the whole prompt of one request, half of it on average. */
    private static IterationWork work(double batch, double kvTokens, double prefillTokens) {
        int decode = (int) Math.round(batch);
        int prefill = (int) Math.round(prefillTokens);
        int prefilling = prefill > 0 ? 1 : 0;
        return new IterationWork(
                decode + prefilling,
                decode,
                prefill,
                prefilling,
                Math.round(kvTokens),
                prefill * (prefill / 2.0));
    }

    @Override
    public double restWatts(int clockIndex) {
        return physics.restWatts(clocks.mhz(clockIndex));
    }

    @Override
    public double idleWatts() {
        return physics.restWatts(clocks.lowest());
    }

    @Override
    public double staticWatts() {
        return 0;
    }
}
