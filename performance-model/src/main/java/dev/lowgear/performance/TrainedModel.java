package dev.lowgear.performance;

import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.performance.BlendedModel;
import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.performance.PerformanceTable;
import dev.lowgear.core.performance.RegionSupport;
import dev.lowgear.core.performance.TableGrid;
import dev.lowgear.core.performance.TableIdentity;
import dev.lowgear.core.performance.TableQuality;

/**
 * A model learned from telemetry: {@code roofline · exp(residual · n/(n + n₀))} with {@code n} the
 * iterations seen near an operating point, {@code n₀} = 20. Immutable.
 */
public final class TrainedModel implements PerformanceModel {
    private static final double HALFWAY = 20;

    private final TableGrid grid;
    private final RefinedModel refined;
    private final PerformanceModel blended;
    private final TableQuality quality;

    TrainedModel(TableGrid grid, RefinedModel refined, TableQuality quality) {
        this.grid = grid;
        this.refined = refined;
        this.quality = quality;
        blended = blend(refined, quality.support());
    }

    static PerformanceModel blend(RefinedModel refined, RegionSupport support) {
        return new BlendedModel(refined.withoutTrees(), refined, support, HALFWAY);
    }

    /** The model tabulated for the planner, monotone. */
    public PerformanceTable table(TableIdentity identity) {
        return PerformanceTable.tabulate(identity, grid, blended, quality);
    }

    /** What is known about how good its table is. */
    public TableQuality quality() {
        return quality;
    }

    /** Where its table has cells. */
    public TableGrid grid() {
        return grid;
    }

    RefinedModel refined() {
        return refined;
    }

    @Override
    public ClockLadder clocks() {
        return blended.clocks();
    }

    @Override
    public double iterationMicros(
            int clockIndex, double batch, double kvTokens, double prefillTokens) {
        return blended.iterationMicros(clockIndex, batch, kvTokens, prefillTokens);
    }

    /**
     * Iteration time with the trees evaluated by Tribuo's own prediction instead of the flat form:
     * what a planner without tables would pay. For benchmarks.
     */
    public double iterationMicrosThroughTribuo(
            int clockIndex, double batch, double kvTokens, double prefillTokens) {
        double context = prefillTokens > 0 ? refined.prefillContextTokens() : 0;
        float[] features =
                TribuoResidual.features(
                        clocks().mhz(clockIndex), batch, kvTokens, prefillTokens, context);
        return refined.withoutTrees().iterationMicros(clockIndex, batch, kvTokens, prefillTokens)
                * StrictMath.exp(
                        refined.residual()
                                .trees()
                                .predictThroughTribuo(TribuoResidual.featureNames(), features));
    }

    @Override
    public double busyWatts(int clockIndex, double batch, double kvTokens, double prefillTokens) {
        return blended.busyWatts(clockIndex, batch, kvTokens, prefillTokens);
    }

    @Override
    public double restWatts(int clockIndex) {
        return blended.restWatts(clockIndex);
    }

    @Override
    public double idleWatts() {
        return blended.idleWatts();
    }

    @Override
    public double staticWatts() {
        return blended.staticWatts();
    }
}
