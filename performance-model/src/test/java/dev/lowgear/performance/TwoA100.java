package dev.lowgear.performance;

import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.performance.OperatingPoint;

import java.util.SplittableRandom;

/**
 * Llama 2 13B on two A100 as they might really be: every coefficient off by up to a quarter, tile
 * steps at batch 64 and 128, attention that turns clock-bound, power with the measured knee.
 */
final class TwoA100 implements Telemetry.Truth {
    private static final double HIGHEST = 1410;

    private final double weightMicros;
    private final double tokenMicros;
    private final double kvMicros;
    private final double contextMicros;
    private final double batchMicros;
    private final double launchMicros;
    private final double staticShare;
    private final double fullWatts;

    private TwoA100(SplittableRandom random) {
        weightMicros = 9_300 * offBy(random);
        tokenMicros = 69.5 * offBy(random);
        kvMicros = 0.33 * offBy(random);
        contextMicros = 0.002_2 * offBy(random);
        batchMicros = 20 * offBy(random);
        launchMicros = 1_500 * offBy(random);
        staticShare = 0.52 * offBy(random);
        fullWatts = 285 * offBy(random);
    }

    static TwoA100 of(SplittableRandom random) {
        return new TwoA100(random);
    }

    private static double offBy(SplittableRandom random) {
        return 0.75 + 0.5 * random.nextDouble();
    }

    @Override
    public ClockLadder clocks() {
        return Llama13b.PRIOR.clocks();
    }

    @Override
    public int kvCapacityTokens() {
        return Llama13b.KV_CAPACITY_TOKENS;
    }

    @Override
    public double micros(OperatingPoint at, double context) {
        double x = at.clockMhz() / HIGHEST;
        double tokens = at.batch() + at.prefillTokens();
        double tiles = at.batch() > 128 ? 1.15 : at.batch() > 64 ? 1.07 : 1;
        return Math.max(weightMicros, tokenMicros * tiles * tokens / x)
                + at.kvTokens() * kvMicros * Math.max(1, 0.6 / x)
                + contextMicros * at.prefillTokens() * context / x
                + batchMicros * at.batch()
                + launchMicros / x;
    }

    @Override
    public double busyWatts(OperatingPoint at) {
        double x = at.clockMhz() / HIGHEST;
        double relative = staticShare + (1 - staticShare) * StrictMath.pow(x, 6);
        double full = fullWatts + 60 * at.prefillTokens() / 512 + 20 * Math.min(1, at.batch() / 64);
        return 2 * full * relative;
    }

    @Override
    public double restWatts(int clockMhz) {
        return 2 * (55 + 20 * clockMhz / HIGHEST);
    }
}
