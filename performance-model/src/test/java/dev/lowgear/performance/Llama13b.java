package dev.lowgear.performance;

import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.performance.AnalyticModel;
import dev.lowgear.core.performance.TableGrid;
import dev.lowgear.core.performance.TableIdentity;

/** The engine that tests learn: Llama 2 13B on two A100. */
final class Llama13b {
    static final EngineProfile PROFILE = EngineProfile.parse("llama-2-13b/a100-40gb/tp2");
    static final AnalyticModel PRIOR = AnalyticModel.of(PROFILE);
    static final TableGrid GRID = TableGrid.covering(PRIOR.clocks(), PROFILE.limits());
    static final TableIdentity IDENTITY =
            new TableIdentity("table-1", 1, "llama-2-13b", "a100-40gb", 2, PROFILE.id());

    private Llama13b() {}
}
