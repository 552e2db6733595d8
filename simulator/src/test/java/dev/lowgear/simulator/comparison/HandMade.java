package dev.lowgear.simulator.comparison;

import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.performance.TrustGate;
import dev.lowgear.core.physics.EngineEnergy;
import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.simulator.learning.LearnedTables;
import dev.lowgear.simulator.policy.LengthSource;
import dev.lowgear.simulator.run.GearUse;
import dev.lowgear.simulator.run.PlannerTable;
import dev.lowgear.simulator.run.Promises;
import dev.lowgear.simulator.run.Quantiles;
import dev.lowgear.simulator.run.RunResult;
import dev.lowgear.simulator.run.Specimen;
import dev.lowgear.simulator.study.Contender;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A comparison whose runs were not simulated but written down. */
final class HandMade {
    static final EngineProfile H100 = EngineProfile.parse("llama-3.1-8b/h100/tp1");
    static final Demand RATE = new Demand.Rate(2);

    private static final long[] MILLION_NANOS = {1_000_000, 2_000_000, 9_000_000};

    private final List<String> policies = new ArrayList<>();
    private final List<ComparedRun> runs = new ArrayList<>();

    /** A policy's energies by seed; of ten requests each {@code attained} met all targets. */
    HandMade with(String policy, int attained, double... joules) {
        policies.add(policy);
        for (int i = 0; i < joules.length; i++) {
            runs.add(
                    new ComparedRun(
                            policy, RATE, i + 1, 2.5, 0, result(attained, joules[i]), 0.25));
        }
        return this;
    }

    private static RunResult result(int attained, double joules) {
        return new RunResult(
                "hand-made",
                60,
                new Promises(10, 10, 10, 9, attained, attained, 0),
                new EngineEnergy(joules, 0, 0),
                100,
                Quantiles.ofNanos(MILLION_NANOS, 3),
                Quantiles.ofNanos(MILLION_NANOS, 0),
                Quantiles.ofNanos(MILLION_NANOS, 3),
                new GearUse(7, 0, 0, 1200, 0, 0.5, 0),
                300,
                12,
                Map.of(),
                Optional.empty());
    }

    ComparisonResult result() {
        int seeds = runs.size() / policies.size();
        var plan =
                new ComparisonPlan(
                        H100,
                        1,
                        List.of(RATE),
                        new Promised.Written("<slo>.json", SloPolicy.STANDARD),
                        policies.stream().map(Contender::parse).toList(),
                        new Knowledge(LengthSource.LEARNED, LearnedTables.Source.PHYSICS),
                        new Extent(seeds, 10, 1));
        List<SeedSetup> setups = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            setups.add(
                    new SeedSetup(
                            Specimen.of(H100, seed),
                            SloPolicy.STANDARD,
                            null,
                            new PlannerTable(Optional.empty(), TrustGate.STANDARD)));
        }
        return new ComparisonResult(plan, "a <trace> & more", setups, runs);
    }
}
