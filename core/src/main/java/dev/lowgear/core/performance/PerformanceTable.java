package dev.lowgear.core.performance;

import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.performance.MidEnvelope.Direction;

import java.util.Arrays;

/**
 * A performance model tabulated for the planner: iteration time and watts at every supported clock
 * and at knots of batch, KV tokens and prefill tokens; multilinear between the knots, exact on
 * clocks. A lookup reads eight floats and allocates nothing.
 *
 * <p>Iteration time never rises with the clock and never falls with batch, KV tokens or prefill
 * tokens, whatever model it was made from: cells go through the {@link MidEnvelope}, multilinear
 * interpolation keeps what the cells promise, and beyond the last knots time goes on with a slope
 * that is constant per clock, not negative and not rising with the clock. Busy watts and watts at
 * rest never fall with the clock; beyond the last knots busy watts stay what they were, since power
 * saturates. Static watts are the intercept of {@code a + b·x^γ} fitted over the clocks at batch
 * 32.
 *
 * <p>Immutable; the arrays given and returned are copies.
 */
public final class PerformanceTable implements PerformanceModel {
    private static final Direction[] TIME_DIRECTIONS = {
        Direction.RISING, Direction.RISING, Direction.RISING, Direction.FALLING
    };
    private static final Direction[] WATTS_DIRECTIONS = {
        Direction.FREE, Direction.FREE, Direction.FREE, Direction.RISING
    };
    private static final double STATIC_BATCH = 32;

    private final TableIdentity identity;
    private final TableGrid grid;
    private final TableQuality quality;
    private final float[] micros;
    private final float[] watts;
    private final float[] restWatts;
    private final double idleWatts;
    private final double staticWatts;
    private final Surface time;
    private final Surface power;

    private PerformanceTable(
            TableIdentity identity,
            TableGrid grid,
            TableQuality quality,
            float[] micros,
            float[] watts,
            float[] restWatts,
            double idleWatts,
            double staticWatts) {
        this.identity = identity;
        this.grid = grid;
        this.quality = quality;
        this.micros = micros;
        this.watts = watts;
        this.restWatts = restWatts;
        this.idleWatts = idleWatts;
        this.staticWatts = staticWatts;
        time = Surface.extrapolated(grid, micros);
        power = Surface.held(grid, watts);
    }

    /**
     * A table as it was published.
     *
     * @param micros iteration time by {@link TableGrid#cell}, microseconds
     * @param busyWatts busy watts by {@link TableGrid#cell}, all GPUs together
     * @param restWatts watts at rest by clock index, all GPUs together
     * @throws IllegalArgumentException if an array has the wrong length, a value is not positive
     *     and finite, or a surface is not monotone
     */
    public static PerformanceTable of(
            TableIdentity identity,
            TableGrid grid,
            TableQuality quality,
            float[] micros,
            float[] busyWatts,
            float[] restWatts,
            double idleWatts,
            double staticWatts) {
        requireCells("micros", micros, grid.cells());
        requireCells("busyWatts", busyWatts, grid.cells());
        requireCells("restWatts", restWatts, grid.clocks().size());
        if (!(idleWatts >= 0) || !(staticWatts >= 0)) {
            throw new IllegalArgumentException(
                    "idle and static watts are not negative: " + idleWatts + ", " + staticWatts);
        }
        if (!MidEnvelope.holds(micros, grid.shape(), TIME_DIRECTIONS)) {
            throw new IllegalArgumentException(
                    "iteration time falls with load or rises with the clock somewhere");
        }
        if (!MidEnvelope.holds(busyWatts, grid.shape(), WATTS_DIRECTIONS)
                || !MidEnvelope.holds(restWatts, new int[] {restWatts.length}, Direction.RISING)) {
            throw new IllegalArgumentException("watts fall with the clock somewhere");
        }
        return new PerformanceTable(
                identity,
                grid,
                quality,
                micros.clone(),
                busyWatts.clone(),
                restWatts.clone(),
                idleWatts,
                staticWatts);
    }

    /**
     * Tabulates any model and makes it monotone.
     *
     * @throws IllegalArgumentException if the model's clocks are not the grid's or it returns a
     *     value that is not positive and finite
     */
    public static PerformanceTable tabulate(
            TableIdentity identity, TableGrid grid, PerformanceModel model, TableQuality quality) {
        if (!model.clocks().equals(grid.clocks())) {
            throw new IllegalArgumentException(
                    "the model knows " + model.clocks() + ", the grid " + grid.clocks());
        }
        float[] micros = new float[grid.cells()];
        float[] watts = new float[grid.cells()];
        for (int b = 0; b < grid.batch().size(); b++) {
            for (int k = 0; k < grid.kvTokens().size(); k++) {
                for (int p = 0; p < grid.prefillTokens().size(); p++) {
                    double batch = grid.batch().at(b);
                    double kvTokens = grid.kvTokens().at(k);
                    double prefillTokens = grid.prefillTokens().at(p);
                    for (int clock = 0; clock < grid.clocks().size(); clock++) {
                        int cell = grid.cell(clock, b, k, p);
                        micros[cell] =
                                (float)
                                        model.iterationMicros(
                                                clock, batch, kvTokens, prefillTokens);
                        watts[cell] =
                                (float) model.busyWatts(clock, batch, kvTokens, prefillTokens);
                    }
                }
            }
        }
        float[] rest = new float[grid.clocks().size()];
        for (int clock = 0; clock < rest.length; clock++) {
            rest[clock] = (float) model.restWatts(clock);
        }
        float[] busyWatts = MidEnvelope.of(watts, grid.shape(), WATTS_DIRECTIONS);
        return of(
                identity,
                grid,
                quality,
                MidEnvelope.of(micros, grid.shape(), TIME_DIRECTIONS),
                busyWatts,
                MidEnvelope.of(rest, new int[] {rest.length}, Direction.RISING),
                model.idleWatts(),
                staticWatts(grid, Surface.held(grid, busyWatts)));
    }

    private static double staticWatts(TableGrid grid, Surface power) {
        int clocks = grid.clocks().size();
        double[] relative = new double[clocks];
        double[] byClock = new double[clocks];
        double batch = Math.min(STATIC_BATCH, grid.batch().last());
        power.at(batch, grid.kvTokens().last() / 4, 0, byClock);
        for (int clock = 0; clock < clocks; clock++) {
            relative[clock] = grid.clocks().relative(clock);
        }
        return StaticPower.fit(relative, byClock);
    }

    private static void requireCells(String name, float[] values, int length) {
        if (values.length != length) {
            throw new IllegalArgumentException(
                    name + " has " + values.length + " values instead of " + length);
        }
        for (float value : values) {
            if (!(value > 0) || !Float.isFinite(value)) {
                throw new IllegalArgumentException(
                        name + " are positive and finite, one is " + value);
            }
        }
    }

    @Override
    public ClockLadder clocks() {
        return grid.clocks();
    }

    @Override
    public double iterationMicros(
            int clockIndex, double batch, double kvTokens, double prefillTokens) {
        return time.at(clockIndex, batch, kvTokens, prefillTokens);
    }

    @Override
    public void iterationMicros(
            double batch, double kvTokens, double prefillTokens, double[] byClock) {
        time.at(batch, kvTokens, prefillTokens, byClock);
    }

    @Override
    public double busyWatts(int clockIndex, double batch, double kvTokens, double prefillTokens) {
        return power.at(clockIndex, batch, kvTokens, prefillTokens);
    }

    @Override
    public void busyWatts(double batch, double kvTokens, double prefillTokens, double[] byClock) {
        power.at(batch, kvTokens, prefillTokens, byClock);
    }

    @Override
    public double restWatts(int clockIndex) {
        return restWatts[clockIndex];
    }

    @Override
    public double idleWatts() {
        return idleWatts;
    }

    @Override
    public double staticWatts() {
        return staticWatts;
    }

    /**
     * Whether this table may steer a clock down to this operating point: its held-out error passes
     * the gate and enough iterations were seen nearby.
     */
    public boolean trusted(
            TrustGate gate, int clockIndex, double batch, double kvTokens, double prefillTokens) {
        return quality.passes(gate)
                && quality.support()
                                .near(grid.clocks().mhz(clockIndex), batch, kvTokens, prefillTokens)
                        >= gate.minimumSupport();
    }

    /** Which engines it speaks about. */
    public TableIdentity identity() {
        return identity;
    }

    /** Where its cells lie. */
    public TableGrid grid() {
        return grid;
    }

    /** How good it is. */
    public TableQuality quality() {
        return quality;
    }

    /** A copy of the iteration times in microseconds, by {@link TableGrid#cell}. */
    public float[] microsByCell() {
        return micros.clone();
    }

    /** A copy of the busy watts, by {@link TableGrid#cell}. */
    public float[] busyWattsByCell() {
        return watts.clone();
    }

    /** A copy of the watts at rest, by clock index. */
    public float[] restWattsByClock() {
        return restWatts.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PerformanceTable table
                && identity.equals(table.identity)
                && grid.equals(table.grid)
                && quality.equals(table.quality)
                && Arrays.equals(micros, table.micros)
                && Arrays.equals(watts, table.watts)
                && Arrays.equals(restWatts, table.restWatts)
                && idleWatts == table.idleWatts
                && staticWatts == table.staticWatts;
    }

    @Override
    public int hashCode() {
        return identity.hashCode();
    }

    @Override
    public String toString() {
        return identity.tableId() + " over " + grid.cells() + " cells, " + quality.support();
    }
}
