package dev.lowgear.core.performance;

/** A model for tests that ask it for times: it draws 300 W, 80 W at rest. */
public interface FlatWatts extends PerformanceModel {
    @Override
    default double busyWatts(int clockIndex, double batch, double kvTokens, double prefillTokens) {
        return 300;
    }

    @Override
    default double restWatts(int clockIndex) {
        return 80;
    }

    @Override
    default double idleWatts() {
        return 60;
    }

    @Override
    default double staticWatts() {
        return 100;
    }
}
