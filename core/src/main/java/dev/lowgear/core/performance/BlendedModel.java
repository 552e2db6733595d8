package dev.lowgear.core.performance;

import dev.lowgear.core.gpu.ClockLadder;

/**
 * Prior and learned model in one, each weighing as much as the telemetry near an operating point
 * says: {@code prior^(1−w) · learned^w} with {@code w = n/(n + n₀)}, {@code n} the iterations seen
 * nearby. Geometric, because both err by factors.
 */
public final class BlendedModel implements PerformanceModel {
    private final PerformanceModel prior;
    private final PerformanceModel learned;
    private final RegionSupport support;
    private final double halfway;

    /**
     * A blend of two models over the same clocks.
     *
     * @param support iterations the learned model has seen
     * @param halfway n₀: the support at which both weigh the same, positive
     */
    public BlendedModel(
            PerformanceModel prior,
            PerformanceModel learned,
            RegionSupport support,
            double halfway) {
        if (!prior.clocks().equals(learned.clocks())) {
            throw new IllegalArgumentException(
                    "the prior knows " + prior.clocks() + ", the learned " + learned.clocks());
        }
        if (!(halfway > 0)) {
            throw new IllegalArgumentException("n₀ is positive, got " + halfway);
        }
        this.prior = prior;
        this.learned = learned;
        this.support = support;
        this.halfway = halfway;
    }

    /** What the learned model weighs at this operating point, 0 to 1. */
    public double weight(int clockIndex, double batch, double kvTokens, double prefillTokens) {
        double seen = support.near(clocks().mhz(clockIndex), batch, kvTokens, prefillTokens);
        return seen / (seen + halfway);
    }

    @Override
    public ClockLadder clocks() {
        return learned.clocks();
    }

    @Override
    public double iterationMicros(
            int clockIndex, double batch, double kvTokens, double prefillTokens) {
        return blend(
                prior.iterationMicros(clockIndex, batch, kvTokens, prefillTokens),
                learned.iterationMicros(clockIndex, batch, kvTokens, prefillTokens),
                weight(clockIndex, batch, kvTokens, prefillTokens));
    }

    @Override
    public double busyWatts(int clockIndex, double batch, double kvTokens, double prefillTokens) {
        return blend(
                prior.busyWatts(clockIndex, batch, kvTokens, prefillTokens),
                learned.busyWatts(clockIndex, batch, kvTokens, prefillTokens),
                weight(clockIndex, batch, kvTokens, prefillTokens));
    }

    private static double blend(double prior, double learned, double weight) {
        return prior * StrictMath.pow(learned / prior, weight);
    }

    @Override
    public double restWatts(int clockIndex) {
        return learned.restWatts(clockIndex);
    }

    @Override
    public double idleWatts() {
        return learned.idleWatts();
    }

    @Override
    public double staticWatts() {
        return learned.staticWatts();
    }
}
