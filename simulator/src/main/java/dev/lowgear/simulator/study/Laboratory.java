package dev.lowgear.simulator.study;

import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.simulator.hindsight.Reference;
import dev.lowgear.simulator.learning.LearnedTables;
import dev.lowgear.simulator.policy.LengthSource;
import dev.lowgear.simulator.policy.Policies;
import dev.lowgear.simulator.run.EngineRun;
import dev.lowgear.simulator.run.RunResult;
import dev.lowgear.simulator.run.RunSetup;
import dev.lowgear.simulator.run.Specimen;
import dev.lowgear.simulator.run.Traffic;

/** Runs a contender on an engine and says what it came to. */
final class Laboratory {
    private final LearnedTables tables = new LearnedTables();

    /**
     * What everybody in a comparison gets.
     *
     * @param specimen the engine
     * @param slo what every request is promised
     * @param traffic what arrives
     */
    record Bench(Specimen specimen, SloPolicy slo, Traffic traffic) {}

    /** A policy by its whole name, planned by a table learned from telemetry of that engine. */
    Measured govern(Bench bench, String policy, LengthSource lengths) {
        RunSetup setup =
                setup(bench, policy)
                        .withLengths(lengths)
                        .withTable(tables.learned(bench.specimen()).planner());
        return Measured.of(EngineRun.of(setup, bench.traffic()));
    }

    /** The same under a step of the load, of which a part is judged. */
    Measured step(Bench bench, LoadStep step, String policy) {
        var watch = new StepWatch(step, bench.slo().targets());
        RunSetup setup = setup(bench, policy).withTable(tables.learned(bench.specimen()).planner());
        RunResult result = EngineRun.of(setup, step.traffic(), watch);
        return watch.measured(result.meanClockMhz(), result.gears().clockSwitches());
    }

    /** What is known with the future; a schedule is searched for so many seconds. */
    Measured foresee(Bench bench, Reference reference, int searchSeconds) {
        RunSetup setup = setup(bench, Contender.MAXIMUM_CLOCK.name());
        return Measured.of(reference.run(setup, bench.traffic(), searchSeconds));
    }

    private static RunSetup setup(Bench bench, String policy) {
        return RunSetup.exploring(bench.specimen(), Policies.parse(policy)).withSlo(bench.slo());
    }
}
