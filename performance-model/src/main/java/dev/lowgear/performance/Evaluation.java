package dev.lowgear.performance;

import dev.lowgear.core.performance.Bands;
import dev.lowgear.core.performance.FitError;
import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.performance.PerformanceTable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How good a table is, by region, and what its parts and the alternatives to it would have given on
 * the same iterations.
 *
 * @param table the table itself
 * @param regions the table by region of clock, batch and prefill, regions without iterations left
 *     out
 * @param rooflineAlone the fitted roofline without trees
 * @param treesAlone trees on the logarithm of iteration time without a roofline
 * @param monotoneTrees the same under XGBoost's monotone constraints, what one would use who wants
 *     order without a mid-envelope
 * @param prior the untrained prior
 */
public record Evaluation(
        FitError table,
        List<Region> regions,
        FitError rooflineAlone,
        FitError treesAlone,
        FitError monotoneTrees,
        FitError prior) {
    private static final Bands CLOCKS = Bands.between(0.6, 0.8);
    private static final Bands BATCHES = Bands.between(8, 64);
    private static final int TREES = 200;
    private static final int DEPTH = 6;

    public Evaluation {
        regions = List.copyOf(regions);
    }

    /**
     * The table's error in one region.
     *
     * @param name for people: clock relative to the highest, batch, decode or prefill
     * @param error of the table there
     */
    public record Region(String name, FitError error) {}

    /**
     * Evaluates a model's table beside its parts and alternatives.
     *
     * @param training what the alternatives may train on
     * @param measured iterations to predict, at least one
     */
    public static Evaluation of(
            TrainedModel model,
            PerformanceTable table,
            List<TrainingSample> training,
            List<TrainingSample> measured) {
        RefinedModel refined = model.refined();
        TribuoTrees free = treesOnLogTime(training, List.of());
        // batch, clock, context, kvTokens, prefillTokens: time falls with the clock alone
        TribuoTrees monotone = treesOnLogTime(training, List.of(1, -1, 1, 1, 1));
        return new Evaluation(
                timeError(measured, table),
                regions(measured, table),
                timeError(measured, refined.roofline()::micros),
                timeError(measured, sample -> StrictMath.exp(predict(free, sample))),
                timeError(measured, sample -> StrictMath.exp(predict(monotone, sample))),
                timeError(measured, refined.prior()));
    }

    private static double predict(TribuoTrees trees, TrainingSample sample) {
        return trees.predict(TribuoResidual.features(sample));
    }

    private static TribuoTrees treesOnLogTime(
            List<TrainingSample> training, List<Integer> monotone) {
        List<float[]> features = new ArrayList<>(training.size());
        double[] targets = new double[training.size()];
        for (int i = 0; i < targets.length; i++) {
            features.add(TribuoResidual.features(training.get(i)));
            targets[i] = StrictMath.log(training.get(i).micros());
        }
        return TribuoTrees.train(
                TribuoResidual.featureNames(),
                features,
                targets,
                new TribuoTrees.Settings(TREES, DEPTH, 0.1, 1, monotone));
    }

    private static List<Region> regions(List<TrainingSample> measured, PerformanceTable table) {
        double highest = table.clocks().highest();
        List<Region> regions = new ArrayList<>();
        for (int clock = 0; clock < CLOCKS.size(); clock++) {
            for (int batch = 0; batch < BATCHES.size(); batch++) {
                for (boolean prefill : new boolean[] {false, true}) {
                    List<TrainingSample> inside = new ArrayList<>();
                    for (TrainingSample sample : measured) {
                        if (CLOCKS.of(sample.clockMhz() / highest) == clock
                                && BATCHES.of(sample.batch()) == batch
                                && sample.prefillTokens() > 0 == prefill) {
                            inside.add(sample);
                        }
                    }
                    if (!inside.isEmpty()) {
                        regions.add(
                                new Region(name(clock, batch, prefill), timeError(inside, table)));
                    }
                }
            }
        }
        return regions;
    }

    private static String name(int clock, int batch, boolean prefill) {
        return "clock %s, batch %s, %s"
                .formatted(
                        CLOCKS.describe(clock),
                        BATCHES.describe(batch),
                        prefill ? "prefill" : "decode");
    }

    /** Error of a model's iteration times, at least one. */
    public static FitError timeError(List<TrainingSample> measured, PerformanceModel model) {
        return timeError(measured, sample -> predictedMicros(model, sample));
    }

    /** What a model says a sample's iteration time is. */
    static double predictedMicros(PerformanceModel model, TrainingSample sample) {
        return model.iterationMicros(
                model.clocks().indexAtLeast(sample.clockMhz()),
                sample.batch(),
                sample.kvTokens(),
                sample.prefillTokens());
    }

    private static FitError timeError(
            List<TrainingSample> measured, ToDoubleFunction<TrainingSample> model) {
        return FitError.of(
                measured.stream().mapToDouble(TrainingSample::micros).toArray(),
                measured.stream().mapToDouble(model).toArray());
    }

    /** Error of a model's mean watts over metering windows, at least one. */
    public static FitError wattsError(List<PowerSample> measured, PerformanceModel model) {
        return FitError.of(
                measured.stream().mapToDouble(PowerSample::meanWatts).toArray(),
                measured.stream().mapToDouble(window -> window.predictedWatts(model)).toArray());
    }
}
