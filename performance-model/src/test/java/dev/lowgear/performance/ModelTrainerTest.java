package dev.lowgear.performance;

import static dev.lowgear.performance.Llama13b.GRID;
import static dev.lowgear.performance.Llama13b.IDENTITY;
import static dev.lowgear.performance.Llama13b.PRIOR;
import static dev.lowgear.performance.Llama13b.PROFILE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Objects.requireNonNull;

import dev.lowgear.core.Seeds;
import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.performance.AnalyticModel;
import dev.lowgear.core.performance.FitError;
import dev.lowgear.core.performance.OperatingPoint;
import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.performance.PerformanceTable;
import dev.lowgear.core.performance.TableGrid;
import dev.lowgear.core.performance.TrustGate;
import dev.lowgear.core.physics.EnginePhysics;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

class ModelTrainerTest {
    private static final ModelTrainer TRAINER = new ModelTrainer(PRIOR, GRID);

    @Seeds(count = 5)
    void learnsFromTelemetryAloneWhatThePriorDoesNotKnow(SplittableRandom random) {
        Telemetry telemetry = Telemetry.of(random);
        List<TrainingSample> iterations = telemetry.iterations(4_000);
        List<PowerSample> windows = telemetry.windows(150);

        requireAccuracy(TRAINER, telemetry, new TrainingSet(iterations, windows));

        assertThat(Evaluation.timeError(telemetry.cellMeans(2_000), PRIOR).mape())
                .isGreaterThanOrEqualTo(0.15);
        assertThat(telemetry.wattsError(2_000, PRIOR).mape()).isGreaterThanOrEqualTo(0.15);
    }

    @Seeds(count = 12)
    void learnsEnginesOfEveryKind(SplittableRandom random) {
        List<EngineProfile> profiles = EngineProfile.known();
        EngineProfile profile = profiles.get(random.nextInt(profiles.size()));
        AnalyticModel prior = AnalyticModel.of(profile);
        TableGrid grid = TableGrid.covering(prior.clocks(), profile.limits());
        Telemetry telemetry = Telemetry.of(profile, random);

        requireAccuracy(
                new ModelTrainer(prior, grid),
                telemetry,
                new TrainingSet(telemetry.iterations(4_000), telemetry.windows(400)));
    }

    /** On operating points never trained on, against the mean of each cell without noise. */
    private static void requireAccuracy(
            ModelTrainer trainer, Telemetry telemetry, TrainingSet set) {
        TrainedModel model = trainer.train(set).orElseThrow();
        PerformanceTable table = model.table(IDENTITY);

        FitError time = Evaluation.timeError(telemetry.cellMeans(2_000), table);
        assertThat(time.r2()).isGreaterThanOrEqualTo(0.97);
        assertThat(time.mape()).isLessThanOrEqualTo(0.04);

        assertThat(model.quality().wattsLearned()).isTrue();
        FitError watts = telemetry.wattsError(2_000, table);
        assertThat(watts.r2()).isGreaterThanOrEqualTo(0.97);
        assertThat(watts.mape()).isLessThanOrEqualTo(0.04);
    }

    @Seeds(count = 3)
    void extrapolatesToClocksAndLoadsItNeverSaw(SplittableRandom random) {
        Telemetry telemetry = Telemetry.of(random);
        List<TrainingSample> corner =
                telemetry.iterations(20_000).stream()
                        .filter(sample -> sample.batch() < 24 && sample.clockMhz() >= 1_000)
                        .toList();
        TrainedModel model = TRAINER.train(new TrainingSet(corner, List.of())).orElseThrow();

        List<TrainingSample> elsewhere =
                telemetry.cellMeans(5_000).stream()
                        .filter(sample -> sample.batch() >= 24 || sample.clockMhz() < 1_000)
                        .toList();
        FitError learned = Evaluation.timeError(elsewhere, model.table(IDENTITY));
        assertThat(learned.mape())
                .isLessThan(0.08)
                .isLessThan(Evaluation.timeError(elsewhere, PRIOR).mape() / 2);
    }

    @Seeds(count = 3)
    void leansOnThePriorForClocksWhileOnlyOneWasSeen(SplittableRandom random) {
        Telemetry telemetry = Telemetry.of(random);
        List<TrainingSample> oneClock =
                telemetry.iterations(60_000).stream()
                        .filter(sample -> sample.clockMhz() == 1410)
                        .toList();
        PerformanceTable table =
                TRAINER.train(new TrainingSet(oneClock, List.of())).orElseThrow().table(IDENTITY);

        FitError everywhere = Evaluation.timeError(telemetry.cellMeans(2_000), table);
        assertThat(everywhere.mape()).isLessThan(0.12);
        assertThat(table.trusted(TrustGate.STANDARD, 80, 8, 8_000, 0)).isTrue();
        assertThat(table.trusted(TrustGate.STANDARD, 60, 8, 8_000, 0)).isFalse();
    }

    @Test
    void reportsTheErrorOfSecondsItNeverTrainedOn() {
        Telemetry telemetry = Telemetry.of(new SplittableRandom(11));
        TrainingSet set = new TrainingSet(telemetry.iterations(4_000), telemetry.windows(150));
        TrainedModel model = TRAINER.train(set).orElseThrow();

        FitError time = requireNonNull(model.quality().time());
        FitError prior = requireNonNull(model.quality().priorTime());
        FitError watts = requireNonNull(model.quality().watts());
        int heldOut = set.heldOut().iterations().size();
        assertThat(heldOut + model.quality().samples()).isEqualTo(4_000);
        assertThat(time.count()).isBetween(heldOut * 99L / 100, (long) heldOut);
        assertThat(time.mape()).isLessThan(prior.mape() / 3);
        assertThat(watts.count()).isEqualTo(set.heldOut().power().size());
        assertThat(model.quality().support().total()).isEqualTo(model.quality().samples());
        assertThat(model.quality().trainedFrom()).isBefore(model.quality().trainedTo());
    }

    @Seeds(count = 5)
    void learnsAnEngineInAMinuteOfExploration(SplittableRandom random) {
        EnginePhysics specimen = EnginePhysics.perturbed(PROFILE, random.split());
        TrainingSet minute = LiveEngine.record(specimen, 3, 60, random.split());
        List<TrainingSample> next = LiveEngine.record(specimen, 3, 60, random.split()).iterations();
        TrainedModel model = TRAINER.train(minute).orElseThrow();
        PerformanceTable table = model.table(IDENTITY);

        FitError heldOut = requireNonNull(model.quality().time());
        assertThat(heldOut.r2()).isGreaterThanOrEqualTo(0.97);
        assertThat(heldOut.mape()).isLessThan(0.04);
        assertThat(Evaluation.timeError(next, table).mape()).isLessThan(0.04);
        List<OperatingPoint> points = next.stream().map(TrainingSample::operatingPoint).toList();
        long trusted =
                points.stream()
                        .filter(at ->
                                table.trusted(
                                        TrustGate.STANDARD,
                                        random.nextInt(33, 81),
                                        at.batch(),
                                        at.kvTokens(),
                                        at.prefillTokens()))
                        .count();
        assertThat((double) trusted / points.size()).isGreaterThan(0.9);
    }

    @Test
    void leavesStallsOutOfItsQualityUnlessTheyAreTheRule() {
        List<TrainingSample> calm = Telemetry.of(new SplittableRandom(17)).iterations(4_000);

        FitError undisturbed = heldOutError(calm);
        FitError withStalls = heldOutError(stalled(calm, 150));
        FitError atFault = heldOutError(stalled(calm, 10));

        assertThat(withStalls.r2()).isGreaterThan(0.97);
        assertThat(withStalls.count()).isLessThan(undisturbed.count());
        assertThat(atFault.r2()).isLessThan(0.9);
        assertThat(atFault.count()).isGreaterThanOrEqualTo(undisturbed.count());
    }

    private static FitError heldOutError(List<TrainingSample> samples) {
        TrainedModel model = TRAINER.train(new TrainingSet(samples, List.of())).orElseThrow();
        return requireNonNull(model.quality().time());
    }

    private static List<TrainingSample> stalled(List<TrainingSample> samples, int every) {
        List<TrainingSample> stalled = new ArrayList<>();
        for (TrainingSample sample : samples) {
            double more = stalled.size() % every == 0 ? 100_000 : 0;
            stalled.add(Telemetry.at(sample, sample.micros() + more));
        }
        return stalled;
    }

    @Test
    void keepsThePriorsWattsWhileWindowsAreTooFew() {
        Telemetry telemetry = Telemetry.of(new SplittableRandom(12));
        TrainedModel model =
                TRAINER.train(new TrainingSet(telemetry.iterations(1_000), telemetry.windows(20)))
                        .orElseThrow();

        assertThat(model.quality().wattsLearned()).isFalse();
        assertThat(model.table(IDENTITY).busyWatts(80, 8, 8_000, 0))
                .isEqualTo((float) PRIOR.busyWatts(80, 8, 8_000, 0));
        assertThat(model.table(IDENTITY).restWatts(80)).isEqualTo((float) PRIOR.restWatts(80));
    }

    @Test
    void learnsNothingFromAHandfulOfIterations() {
        Telemetry telemetry = Telemetry.of(new SplittableRandom(13));

        assertThat(TRAINER.train(new TrainingSet(telemetry.iterations(100), List.of()))).isEmpty();
        assertThat(TRAINER.train(new TrainingSet(List.of(), List.of()))).isEmpty();
    }

    @Test
    void publishesTimesThatNeverRiseWithTheClockNorFallWithLoad() {
        Telemetry telemetry = Telemetry.of(new SplittableRandom(14));
        PerformanceModel table =
                TRAINER.train(new TrainingSet(telemetry.iterations(2_000), List.of()))
                        .orElseThrow()
                        .table(IDENTITY);
        SplittableRandom random = new SplittableRandom(15);
        for (int i = 0; i < 2_000; i++) {
            OperatingPoint at = telemetry.point();
            int clock = table.clocks().indexAtLeast(at.clockMhz());
            double here =
                    table.iterationMicros(clock, at.batch(), at.kvTokens(), at.prefillTokens());
            double more = 1 + random.nextDouble();
            assertThat(
                            table.iterationMicros(
                                    clock - 1,
                                    at.batch() * more,
                                    at.kvTokens() * more,
                                    at.prefillTokens() * more))
                    .isGreaterThanOrEqualTo(here * (1 - 1e-12));
        }
    }

    @Test
    void trainsTheSameModelTwice() {
        TrainingSet set =
                new TrainingSet(
                        Telemetry.of(new SplittableRandom(16)).iterations(1_000),
                        Telemetry.of(new SplittableRandom(16)).windows(300));

        assertThat(TRAINER.train(set).orElseThrow().table(IDENTITY))
                .isEqualTo(TRAINER.train(set).orElseThrow().table(IDENTITY));
    }

    @Test
    void refusesAGridOfOtherClocks() {
        assertThatThrownBy(() ->
                        new ModelTrainer(
                                PRIOR, TableGrid.covering(ClockLadder.of(100), 8, 100, 100)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("100");
    }
}
