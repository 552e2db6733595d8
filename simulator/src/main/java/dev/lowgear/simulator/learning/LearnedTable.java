package dev.lowgear.simulator.learning;

import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.performance.AnalyticModel;
import dev.lowgear.core.performance.OperatingPoint;
import dev.lowgear.core.performance.PerformanceTable;
import dev.lowgear.core.performance.TableGrid;
import dev.lowgear.core.performance.TableIdentity;
import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.core.slo.SloTargets;
import dev.lowgear.performance.ModelTrainer;
import dev.lowgear.performance.TrainedModel;
import dev.lowgear.performance.TrainingSample;
import dev.lowgear.simulator.policy.Policies;
import dev.lowgear.simulator.run.EngineRun;
import dev.lowgear.simulator.run.PlannerTable;
import dev.lowgear.simulator.run.RunSetup;
import dev.lowgear.simulator.run.Specimen;
import dev.lowgear.simulator.run.Traffic;

import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * What a planner comes to know of one engine, the way it does live, from telemetry alone:
 *
 * <ol>
 *   <li><b>Exploration.</b> No table yet: {@code EngineControl} holds one of eight clocks for two
 *       seconds each while bursts of every size rise and fade and questions stream in. Nothing is
 *       promised to those requests, as in a maintenance lease, so that no clock is left out as too
 *       risky.
 *   <li><b>A first table</b> is trained. It knows nothing of rest: the engine never did.
 *   <li><b>Use.</b> The policy {@code lowgear} serves chat at a light and a middle load by it, and
 *       rests.
 *   <li><b>The table</b> is trained on the telemetry of both.
 * </ol>
 *
 * The physics are not asked; noise, stalls, late clock changes and coarse energy counters are in
 * the telemetry.
 *
 * @param table what was learned
 * @param iterations trained on and held out
 * @param windows of metered energy, trained on and held out
 * @param check what it is worth, which only a simulator can know
 */
public record LearnedTable(PerformanceTable table, int iterations, int windows, TableCheck check) {
    private static final double[] LOADS = {.15, .5};
    private static final Duration EACH_LOAD = Duration.ofMinutes(3);
    private static final double FULL_BATCH = 32;
    private static final double MEAN_ANSWER = 211;

    /** What is learned of this specimen; the same on every machine. */
    public static LearnedTable of(Specimen specimen) {
        EngineProfile profile = specimen.profile();
        AnalyticModel prior = AnalyticModel.of(profile);
        var trainer = new ModelTrainer(prior, TableGrid.covering(prior.clocks(), profile.limits()));
        var telemetry = new EngineTelemetry(profile.gpu().defaultClockMhz());
        var random = new SplittableRandom(specimen.seed());
        var setup = RunSetup.exploring(specimen, Policies.parse("lowgear"));

        Traffic phases = LearningTraffic.phases(profile.limits(), random.split());
        SloPolicy nothingPromised = SloPolicy.STANDARD.withTargets(SloTargets.NONE);
        EngineRun.of(setup.withSlo(nothingPromised), phases, telemetry);
        PerformanceTable first = table(trainer, telemetry, profile, 1);

        for (double load : LOADS) {
            telemetry.nextRun();
            Traffic chat =
                    LearningTraffic.chat(
                            load * capacity(first), EACH_LOAD, profile.limits(), random.split());
            EngineRun.of(setup.withTable(PlannerTable.learned(first)), chat, telemetry);
        }
        PerformanceTable second = table(trainer, telemetry, profile, 2);
        Set<OperatingPoint> trainedOn =
                telemetry.set().iterations().stream()
                        .map(TrainingSample::operatingPoint)
                        .collect(Collectors.toSet());
        return new LearnedTable(
                second,
                telemetry.set().iterations().size(),
                telemetry.set().power().size(),
                TableCheck.of(specimen.physics(), second, prior, trainedOn, random.split()));
    }

    /** For a planner, under the gate of live use. */
    public PlannerTable planner() {
        return PlannerTable.learned(table);
    }

    private static PerformanceTable table(
            ModelTrainer trainer, EngineTelemetry telemetry, EngineProfile profile, int version) {
        TrainedModel model =
                trainer.train(telemetry.set())
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "the telemetry of a learning run teaches nothing"));
        return model.table(
                new TableIdentity(
                        "learned",
                        version,
                        profile.model().id(),
                        profile.gpu().id(),
                        profile.tensorParallel(),
                        profile.id()));
    }

    /**
     * Requests per second at which decoding alone would keep a batch of 32 at the highest clock.
     */
    private static double capacity(PerformanceTable table) {
        double micros =
                table.iterationMicros(
                        table.clocks().highestIndex(),
                        FULL_BATCH,
                        table.grid().kvTokens().last() / 4,
                        0);
        return FULL_BATCH / micros * 1e6 / MEAN_ANSWER;
    }
}
