package dev.lowgear.performance;

import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.performance.AnalyticModel;
import dev.lowgear.core.performance.TableGrid;
import dev.lowgear.core.performance.TableIdentity;

/** The engine that tests learn: Llama 2 13B on two A100. */
final class Llama13b {
    static final AnalyticModel PRIOR = AnalyticModel.of(on(ClockLadder.stepped(210, 1410, 15)));
    static final int KV_CAPACITY_TOKENS = 58_000;
    static final TableGrid GRID = TableGrid.covering(PRIOR.clocks(), 256, KV_CAPACITY_TOKENS, 512);
    static final TableIdentity IDENTITY =
            new TableIdentity("table-1", 1, "llama-2-13b", "a100-40gb", 2, "fingerprint");

    static AnalyticModel.Sheet on(ClockLadder clocks) {
        return new AnalyticModel.Sheet(
                clocks, 1.555e12, 312e12, 400, 58, 13.016e9, 26.032e9, 819_200, 2);
    }

    private Llama13b() {}
}
