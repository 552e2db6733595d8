package dev.lowgear.simulator.policy;

import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.performance.PerformanceModel;

/**
 * An engine that can be reckoned with in one's head: 10 ms an iteration and 0.1 ms a prompt token
 * at 1410 MHz, longer in proportion below; {@code 100 + 200·x³} watts, so that energy is least at
 * {@code x = ∛¼}, 890 MHz.
 */
record InverseClock(ClockLadder clocks) implements PerformanceModel {
    static final InverseClock A100 = new InverseClock(ClockLadder.stepped(210, 1410, 15));

    @Override
    public double iterationMicros(
            int clockIndex, double batch, double kvTokens, double prefillTokens) {
        return (10_000 + 100 * prefillTokens) / clocks.relative(clockIndex);
    }

    @Override
    public double busyWatts(int clockIndex, double batch, double kvTokens, double prefillTokens) {
        double x = clocks.relative(clockIndex);
        return 100 + 200 * x * x * x;
    }

    @Override
    public double restWatts(int clockIndex) {
        return 80;
    }

    @Override
    public double idleWatts() {
        return 60;
    }

    @Override
    public double staticWatts() {
        return 100;
    }
}
