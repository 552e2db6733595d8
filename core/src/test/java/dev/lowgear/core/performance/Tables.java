package dev.lowgear.core.performance;

import dev.lowgear.core.gpu.ClockLadder;

/** Small tables and models for tests. */
public final class Tables {
    /** Five clocks of an A100. */
    public static final ClockLadder LADDER = ClockLadder.of(705, 900, 1005, 1200, 1410);

    /** Batch up to 64, 100,000 KV tokens, chunks of 512 tokens. */
    public static final TableGrid GRID = TableGrid.covering(LADDER, 64, 100_000, 512);

    private Tables() {}

    /** A prior table of {@link #GRID}. */
    public static PerformanceTable of(PerformanceModel model) {
        return PerformanceTable.tabulate(identity(), GRID, model, TableQuality.untrained(GRID));
    }

    /** An identity nothing depends on. */
    public static TableIdentity identity() {
        return new TableIdentity("table-1", 1, "llama-2-13b", "a100-40gb", 2, "fingerprint");
    }

    /** A model that is multilinear in batch, KV and prefill at every clock. */
    public record Multilinear(ClockLadder clocks) implements PerformanceModel {
        @Override
        public double iterationMicros(
                int clockIndex, double batch, double kvTokens, double prefillTokens) {
            double x = clocks.relative(clockIndex);
            return 8_000
                    + 2_000 / x
                    + 40 * batch
                    + 0.05 * kvTokens
                    + 60 * prefillTokens / x
                    + 0.000_1 * batch * kvTokens
                    + 0.000_01 * batch * kvTokens * prefillTokens;
        }

        @Override
        public double busyWatts(
                int clockIndex, double batch, double kvTokens, double prefillTokens) {
            double x = clocks.relative(clockIndex);
            return 200 + 180 * StrictMath.pow(x, 6) + 0.4 * batch + 0.1 * prefillTokens;
        }

        @Override
        public double restWatts(int clockIndex) {
            return 110 + 40 * clocks.relative(clockIndex);
        }

        @Override
        public double idleWatts() {
            return 116;
        }

        @Override
        public double staticWatts() {
            return 200;
        }
    }
}
