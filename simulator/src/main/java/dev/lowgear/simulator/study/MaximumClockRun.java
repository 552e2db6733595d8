package dev.lowgear.simulator.study;

import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.core.slo.SloTargets;
import dev.lowgear.simulator.policy.Policies;
import dev.lowgear.simulator.policy.PolicyFactory;
import dev.lowgear.simulator.run.EngineRun;
import dev.lowgear.simulator.run.RunResult;
import dev.lowgear.simulator.run.RunSetup;
import dev.lowgear.simulator.run.Specimen;
import dev.lowgear.simulator.run.Traffic;
import dev.lowgear.simulator.trace.TraceRequest;

import java.util.List;

/** What an engine does when nobody governs it. */
final class MaximumClockRun {
    private static final PolicyFactory POLICY = Policies.parse("maximum-clock");

    private MaximumClockRun() {}

    static RunResult of(Specimen specimen, SloTargets targets, List<TraceRequest> arrivals) {
        return EngineRun.of(
                RunSetup.standard(specimen, POLICY)
                        .withSlo(SloPolicy.STANDARD.withTargets(targets)),
                Traffic.of(arrivals));
    }
}
