package dev.lowgear.performance;

import dev.lowgear.core.performance.FitError;
import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.performance.PerformanceTable;
import dev.lowgear.core.performance.RegionSupport;
import dev.lowgear.core.performance.TableGrid;
import dev.lowgear.core.performance.TableIdentity;
import dev.lowgear.core.performance.TableQuality;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Trains performance models of engines with one fingerprint, in four steps:
 *
 * <ol>
 *   <li>every fifth second of telemetry is laid aside ({@link TrainingSet#isHeldOut});
 *   <li>a roofline is fitted to iteration times, and a sum of clock powers to metered windows;
 *   <li>gradient-boosted trees learn what the roofline leaves;
 *   <li>the result is tabulated, made monotone, and its table judged on what was laid aside, beside
 *       the untrained prior.
 * </ol>
 *
 * The quality that a table carries is that of the very table published, not of the trees behind it.
 * Up to one held-out iteration in a hundred may be left out as stalled: a single one of 100 ms
 * among two thousand of 20 ms costs R² several points and says nothing about any operating point.
 */
public final class ModelTrainer {
    /** Fewest iterations outside the held-out seconds that anything is learned from. */
    public static final int LEAST_ITERATIONS = 200;

    /** Fewest windows that watts are learned from; below, they stay the prior's. */
    public static final int LEAST_WINDOWS = 30;

    /** Most iterations trained on: more are thinned evenly, since they only cost time. */
    public static final int MOST_ITERATIONS = 40_000;

    /** An iteration that took so many times the predicted time was held up. */
    private static final double STALL = 1.5;

    private static final double MOST_STALLS = 0.01;
    private static final int LEAST_CLOCKS = 3;
    private static final TableIdentity CANDIDATE = new TableIdentity("candidate", 0, "", "", 1, "");

    private final PerformanceModel prior;
    private final TableGrid grid;

    /**
     * A trainer.
     *
     * @param prior closes what telemetry leaves open, and is what a model is compared with
     * @param grid where tables have cells
     * @throws IllegalArgumentException if prior and grid know different clocks
     */
    public ModelTrainer(PerformanceModel prior, TableGrid grid) {
        if (!prior.clocks().equals(grid.clocks())) {
            throw new IllegalArgumentException(
                    "the prior knows " + prior.clocks() + ", the grid " + grid.clocks());
        }
        this.prior = prior;
        this.grid = grid;
    }

    /** A model of this telemetry; empty while there are too few iterations. */
    public Optional<TrainedModel> train(TrainingSet telemetry) {
        TrainingSet training = telemetry.training();
        List<TrainingSample> samples = training.iterations();
        if (samples.size() < LEAST_ITERATIONS) {
            return Optional.empty();
        }
        List<TrainingSample> thinned = thinned(samples);
        FittedRoofline roofline = FittedRoofline.fit(thinned, prior, grid.kvTokens().last());
        RefinedModel refined =
                new RefinedModel(
                        prior,
                        roofline,
                        timeResidual(thinned, roofline),
                        learnPower(training.power()),
                        meanPrefillContext(samples),
                        1);
        RegionSupport support =
                RegionSupport.over(grid)
                        .plus(
                                samples.stream()
                                        .map(TrainingSample::operatingPoint)
                                        .collect(Collectors.toList()));
        TableQuality quality = judge(refined, support, samples, telemetry.heldOut());
        return Optional.of(new TrainedModel(grid, refined, quality));
    }

    private static List<TrainingSample> thinned(List<TrainingSample> samples) {
        if (samples.size() <= MOST_ITERATIONS) {
            return samples;
        }
        List<TrainingSample> thinned = new ArrayList<>(MOST_ITERATIONS);
        for (long i = 0; i < MOST_ITERATIONS; i++) {
            thinned.add(samples.get((int) (i * samples.size() / MOST_ITERATIONS)));
        }
        return thinned;
    }

    private static TribuoResidual timeResidual(
            List<TrainingSample> samples, FittedRoofline roofline) {
        TribuoResidual.Training residuals = new TribuoResidual.Training();
        for (TrainingSample sample : samples) {
            residuals.add(
                    TribuoResidual.features(sample), sample.micros(), roofline.micros(sample));
        }
        return residuals.grow();
    }

    private @Nullable FittedPower learnPower(List<PowerSample> windows) {
        long clocks = windows.stream().mapToInt(w -> w.at().clockMhz()).distinct().count();
        if (windows.size() < LEAST_WINDOWS || clocks < LEAST_CLOCKS) {
            return null;
        }
        return FittedPower.fit(windows, prior, grid.prefillTokens().last());
    }

    /** Mean context of prefilled tokens: every token counts, not every iteration. */
    private static double meanPrefillContext(List<TrainingSample> samples) {
        double tokens = 0;
        double context = 0;
        for (TrainingSample sample : samples) {
            tokens += sample.prefillTokens();
            context += sample.prefillTokens() * sample.prefillContextTokens();
        }
        return tokens > 0 ? context / tokens : 0;
    }

    private TableQuality judge(
            RefinedModel refined,
            RegionSupport support,
            List<TrainingSample> trained,
            TrainingSet heldOut) {
        PerformanceTable table =
                PerformanceTable.tabulate(
                        CANDIDATE,
                        grid,
                        TrainedModel.blend(refined, support),
                        TableQuality.untrained(grid));
        List<TrainingSample> samples = withoutStalls(heldOut.iterations(), table);
        List<PowerSample> windows = heldOut.power();
        return new TableQuality(
                trained.size(),
                timeError(samples, table),
                timeError(samples, prior),
                wattsError(windows, table),
                wattsError(windows, prior),
                refined.power() != null,
                support,
                instant(trained.stream().mapToLong(TrainingSample::epochMicros).min().orElse(0)),
                instant(trained.stream().mapToLong(TrainingSample::epochMicros).max().orElse(0)));
    }

    /**
     * Leaves out iterations that were held up by something no operating point explains, unless they
     * are so many that the model must be at fault.
     */
    private static List<TrainingSample> withoutStalls(
            List<TrainingSample> samples, PerformanceTable table) {
        List<TrainingSample> undisturbed = new ArrayList<>(samples.size());
        for (TrainingSample sample : samples) {
            if (sample.micros() <= STALL * Evaluation.predictedMicros(table, sample)) {
                undisturbed.add(sample);
            }
        }
        int stalls = samples.size() - undisturbed.size();
        return stalls <= MOST_STALLS * samples.size() ? undisturbed : samples;
    }

    private static Instant instant(long epochMicros) {
        return Instant.ofEpochMilli(epochMicros / 1_000);
    }

    private static @Nullable FitError timeError(
            List<TrainingSample> samples, PerformanceModel model) {
        return samples.isEmpty() ? null : Evaluation.timeError(samples, model);
    }

    private static @Nullable FitError wattsError(
            List<PowerSample> windows, PerformanceModel model) {
        return windows.isEmpty() ? null : Evaluation.wattsError(windows, model);
    }
}
