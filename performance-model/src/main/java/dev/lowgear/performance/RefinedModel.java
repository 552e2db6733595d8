package dev.lowgear.performance;

import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.performance.OperatingPoint;
import dev.lowgear.core.performance.PerformanceModel;

import org.jspecify.annotations.Nullable;

/**
 * The learned formulas as a performance model, with or without the trees on top.
 *
 * @param prior gives watts where none were learned
 * @param roofline iteration time
 * @param residual what the roofline leaves
 * @param power watts, absent while not learned; without trees in any case
 * @param prefillContextTokens mean context of prefilled tokens, which no table has an axis for
 * @param residualWeight 1 with the trees, 0 without
 */
record RefinedModel(
        PerformanceModel prior,
        FittedRoofline roofline,
        TribuoResidual residual,
        @Nullable FittedPower power,
        double prefillContextTokens,
        double residualWeight)
        implements PerformanceModel {
    /** The same without its trees. */
    RefinedModel withoutTrees() {
        return new RefinedModel(prior, roofline, residual, power, prefillContextTokens, 0);
    }

    @Override
    public ClockLadder clocks() {
        return prior.clocks();
    }

    @Override
    public double iterationMicros(
            int clockIndex, double batch, double kvTokens, double prefillTokens) {
        int mhz = clocks().mhz(clockIndex);
        double context = prefillTokens > 0 ? prefillContextTokens : 0;
        double micros = roofline.micros(mhz, batch, kvTokens, prefillTokens, context);
        if (residualWeight == 0) {
            return micros;
        }
        float[] features = TribuoResidual.features(mhz, batch, kvTokens, prefillTokens, context);
        return micros * residual.factor(features, residualWeight);
    }

    @Override
    public double busyWatts(int clockIndex, double batch, double kvTokens, double prefillTokens) {
        if (power == null) {
            return prior.busyWatts(clockIndex, batch, kvTokens, prefillTokens);
        }
        int mhz = clocks().mhz(clockIndex);
        return power.busyWatts(new OperatingPoint(mhz, batch, kvTokens, prefillTokens));
    }

    @Override
    public double restWatts(int clockIndex) {
        return power == null
                ? prior.restWatts(clockIndex)
                : power.restWatts(clocks().mhz(clockIndex));
    }

    @Override
    public double idleWatts() {
        return power == null ? prior.idleWatts() : power.idleWatts();
    }

    @Override
    public double staticWatts() {
        return prior.staticWatts();
    }
}
