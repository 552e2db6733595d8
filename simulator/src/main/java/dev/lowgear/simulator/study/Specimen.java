package dev.lowgear.simulator.study;

import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.gear.MaximumClock;
import dev.lowgear.core.slo.SloTargets;
import dev.lowgear.simulator.run.EngineRun;
import dev.lowgear.simulator.run.RunResult;
import dev.lowgear.simulator.run.RunSetup;
import dev.lowgear.simulator.trace.TraceRequest;

import java.util.List;

/**
 * One engine as it is, not as its fits say.
 *
 * @param profile the engine
 * @param perturbed whether its physics differ from the fits, by the seed
 * @param seed of the specimen and its noise
 */
public record Specimen(EngineProfile profile, boolean perturbed, long seed) {
    /** Serves arrivals at the maximum clock. */
    RunResult atMaximumClock(SloTargets targets, List<TraceRequest> arrivals) {
        RunSetup usual = RunSetup.standard(profile, perturbed, seed, new MaximumClock());
        return EngineRun.of(
                new RunSetup(
                        profile,
                        perturbed,
                        seed,
                        usual.policy(),
                        SloSet.policy(targets),
                        usual.timing(),
                        usual.controlDelay(),
                        usual.lengthQuantile()),
                arrivals);
    }
}
