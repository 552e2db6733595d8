package dev.lowgear.model.training;

import dev.lowgear.contract.AgentInventory;
import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.performance.AnalyticModel;
import dev.lowgear.core.performance.FitError;
import dev.lowgear.core.performance.PerformanceTable;
import dev.lowgear.core.performance.TableGrid;
import dev.lowgear.core.performance.TableIdentity;
import dev.lowgear.model.fleet.Engines;
import dev.lowgear.model.registry.ModelState;
import dev.lowgear.model.registry.RegistryStore;
import dev.lowgear.model.registry.TrainedVersion;
import dev.lowgear.model.registry.Verdict;
import dev.lowgear.performance.Evaluation;
import dev.lowgear.performance.ModelFile;
import dev.lowgear.performance.ModelTrainer;
import dev.lowgear.performance.TrainedModel;
import dev.lowgear.performance.TrainingSample;
import dev.lowgear.performance.TrainingSet;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Trains one fingerprint: reads, learns, judges, enters into the registry. */
final class Training {
    private final SampleStore samples;
    private final Engines engines;
    private final RegistryStore registry;
    private final QualityGate gate;
    private final Duration window;
    private final InstantSource clock;

    Training(
            SampleStore samples,
            Engines engines,
            RegistryStore registry,
            QualityGate gate,
            Duration window,
            InstantSource clock) {
        this.samples = samples;
        this.engines = engines;
        this.registry = registry;
        this.gate = gate;
        this.window = window;
        this.clock = clock;
    }

    /** What came of it. */
    sealed interface Outcome {
        /** A version. */
        record Trained(int version, ModelState state, TrainedVersion trained) implements Outcome {}

        /** Nothing could be trained, or not yet. */
        record NotTrained(String reason) implements Outcome {}
    }

    Outcome run(Progress progress) throws SQLException {
        Instant began = clock.instant();
        String fingerprint = progress.fingerprint();
        Optional<AgentInventory.Engine> announced = engines.withFingerprint(fingerprint);
        if (announced.isEmpty()) {
            return new Outcome.NotTrained("no agent has announced an engine like it");
        }
        AgentInventory.Engine engine = announced.get();
        EngineProfile profile;
        try {
            profile = EngineProfile.parse(engine.profile());
        } catch (IllegalArgumentException e) {
            return new Outcome.NotTrained("without a prior: " + e.getMessage());
        }
        AnalyticModel prior = AnalyticModel.of(profile);
        TrainingSet telemetry = samples.telemetry(fingerprint, began.minus(window));
        Optional<TrainedModel> model =
                new ModelTrainer(prior, grid(prior, engine)).train(telemetry);
        if (model.isEmpty()) {
            return new Outcome.NotTrained(
                    telemetry.iterations().size() + " iterations of use are too few");
        }
        return enter(progress, profile, engine, model.get(), telemetry, began);
    }

    private static TableGrid grid(AnalyticModel prior, AgentInventory.Engine engine) {
        return TableGrid.covering(
                prior.clocks(),
                engine.maximumBatch(),
                engine.kvCapacityTokens(),
                engine.chunkTokens());
    }

    private Outcome enter(
            Progress progress,
            EngineProfile profile,
            AgentInventory.Engine engine,
            TrainedModel model,
            TrainingSet telemetry,
            Instant began) {
        int version = registry.nextVersion();
        PerformanceTable table =
                model.table(
                        new TableIdentity(
                                profile.id().replace('/', '-') + "-v" + version,
                                version,
                                engine.servedModel(),
                                profile.gpu().id(),
                                engine.tensorParallel(),
                                progress.fingerprint()));
        Verdict verdict =
                gate.judge(table.quality(), inForce(progress, telemetry.heldOut().iterations()));
        TrainedVersion trained =
                new TrainedVersion(
                        table,
                        ModelFile.write(model),
                        verdict,
                        progress.rows(),
                        began,
                        Duration.between(began, clock.instant()));
        return new Outcome.Trained(version, registry.add(trained), trained);
    }

    private Optional<FitError> inForce(Progress progress, List<TrainingSample> heldOut) {
        if (heldOut.isEmpty()) {
            return Optional.empty();
        }
        return registry.tableInForce(progress.fingerprint())
                .map(message -> Evaluation.timeError(heldOut, message.toCore()));
    }
}
