package dev.lowgear.core.performance;

/**
 * One quantity tabulated over a {@link TableGrid}: multilinear in batch, KV and prefill between the
 * knots, exact on clocks. Beyond the last knot of an axis it goes on with the axis' outward slope.
 *
 * <p>The outward slope of an axis is, per clock, the steepest last interval anywhere on that face,
 * not the one next to the point asked: multilinear forms extrapolated with weights above 1 need not
 * be monotone, a constant non-negative slope always is, and where it errs it predicts longer times.
 */
final class Surface {
    private final TableGrid grid;
    private final float[] values;
    private final int clocks;
    private final int prefillStride;
    private final int kvStride;
    private final int batchStride;
    private final double[] batchSlope;
    private final double[] kvSlope;
    private final double[] prefillSlope;

    private Surface(TableGrid grid, float[] values, boolean extrapolated) {
        this.grid = grid;
        this.values = values;
        clocks = grid.clocks().size();
        prefillStride = clocks;
        kvStride = prefillStride * grid.prefillTokens().size();
        batchStride = kvStride * grid.kvTokens().size();
        batchSlope = outwardSlope(grid.batch(), batchStride, extrapolated);
        kvSlope = outwardSlope(grid.kvTokens(), kvStride, extrapolated);
        prefillSlope = outwardSlope(grid.prefillTokens(), prefillStride, extrapolated);
    }

    /** A surface that grows linearly beyond its last knots; it must fall with the clock. */
    static Surface extrapolated(TableGrid grid, float[] values) {
        return new Surface(grid, values, true);
    }

    /** A surface that keeps the value of its last knots beyond them. */
    static Surface held(TableGrid grid, float[] values) {
        return new Surface(grid, values, false);
    }

    private double[] outwardSlope(Knots knots, int stride, boolean extrapolated) {
        double[] slope = new double[clocks];
        if (!extrapolated) {
            return slope;
        }
        int last = knots.size() - 1;
        double width = knots.at(last) - knots.at(last - 1);
        for (int i = 0; i < values.length; i++) {
            if (i / stride % knots.size() == last) {
                int clock = i % clocks;
                slope[clock] = Math.max(slope[clock], (values[i] - values[i - stride]) / width);
            }
        }
        for (int clock = clocks - 2; clock >= 0; clock--) {
            slope[clock] = Math.max(slope[clock], slope[clock + 1]);
        }
        return slope;
    }

    double at(int clockIndex, double batch, double kvTokens, double prefillTokens) {
        requireLoad(batch, kvTokens, prefillTokens);
        int batchCell = grid.batch().cell(batch);
        int kvCell = grid.kvTokens().cell(kvTokens);
        int prefillCell = grid.prefillTokens().cell(prefillTokens);
        return interpolate(
                        batchCell * batchStride
                                + kvCell * kvStride
                                + prefillCell * prefillStride
                                + clockIndex,
                        grid.batch().weight(batchCell, batch),
                        grid.kvTokens().weight(kvCell, kvTokens),
                        grid.prefillTokens().weight(prefillCell, prefillTokens))
                + beyond(clockIndex, batch, kvTokens, prefillTokens);
    }

    /** The surface at every clock for one load, bit for bit what {@link #at} returns. */
    void at(double batch, double kvTokens, double prefillTokens, double[] byClock) {
        requireLoad(batch, kvTokens, prefillTokens);
        int batchCell = grid.batch().cell(batch);
        int kvCell = grid.kvTokens().cell(kvTokens);
        int prefillCell = grid.prefillTokens().cell(prefillTokens);
        double batchWeight = grid.batch().weight(batchCell, batch);
        double kvWeight = grid.kvTokens().weight(kvCell, kvTokens);
        double prefillWeight = grid.prefillTokens().weight(prefillCell, prefillTokens);
        int origin = batchCell * batchStride + kvCell * kvStride + prefillCell * prefillStride;
        for (int clock = 0; clock < clocks; clock++) {
            byClock[clock] = interpolate(origin + clock, batchWeight, kvWeight, prefillWeight);
        }
        if (batch > grid.batch().last()
                || kvTokens > grid.kvTokens().last()
                || prefillTokens > grid.prefillTokens().last()) {
            for (int clock = 0; clock < clocks; clock++) {
                byClock[clock] += beyond(clock, batch, kvTokens, prefillTokens);
            }
        }
    }

    private double interpolate(int origin, double batch, double kvTokens, double prefillTokens) {
        int next = origin + batchStride;
        double lower = face(origin, kvTokens, prefillTokens);
        double upper = face(next, kvTokens, prefillTokens);
        return lower + batch * (upper - lower);
    }

    private double face(int origin, double kvTokens, double prefillTokens) {
        double lower = edge(origin, prefillTokens);
        double upper = edge(origin + kvStride, prefillTokens);
        return lower + kvTokens * (upper - lower);
    }

    private double edge(int origin, double prefillTokens) {
        double lower = values[origin];
        double upper = values[origin + prefillStride];
        return lower + prefillTokens * (upper - lower);
    }

    private double beyond(int clock, double batch, double kvTokens, double prefillTokens) {
        return batchSlope[clock] * Math.max(0, batch - grid.batch().last())
                + kvSlope[clock] * Math.max(0, kvTokens - grid.kvTokens().last())
                + prefillSlope[clock] * Math.max(0, prefillTokens - grid.prefillTokens().last());
    }

    private static void requireLoad(double batch, double kvTokens, double prefillTokens) {
        if (!(batch >= 0 && kvTokens >= 0 && prefillTokens >= 0)) {
            throw new IllegalArgumentException(
                    "a load is not negative: batch "
                            + batch
                            + ", kvTokens "
                            + kvTokens
                            + ", prefillTokens "
                            + prefillTokens);
        }
    }
}
