package dev.lowgear.performance;

import ml.dmlc.xgboost4j.java.XGBoostError;

import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.common.xgboost.XGBoostModel;
import org.tribuo.impl.ArrayExample;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.xgboost.XGBoostRegressionTrainer;
import org.tribuo.regression.xgboost.XGBoostRegressionTrainer.RegressionType;

import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Gradient-boosted regression trees: trained, kept and serialised by Tribuo (XGBoost underneath),
 * evaluated from {@link FlatTrees}.
 *
 * <p>Every parameter is set here, because Tribuo's constructor that takes a map replaces all of its
 * own: {@code nthread} 1 (two threads on a busy machine cost eight times the time), {@code hist},
 * the seed, and {@code base_score}, which XGBoost 2 would otherwise fit by itself and the flat form
 * would not know of. Same samples, same trees.
 */
final class TribuoTrees {
    private static final float BASE_SCORE = 0;
    private static final String TARGET = "target";

    private final XGBoostModel<Regressor> model;
    private final FlatTrees flat;

    private TribuoTrees(XGBoostModel<Regressor> model) {
        this.model = model;
        try {
            flat =
                    FlatTrees.parse(
                            model.getInnerModels().getFirst().getModelDump("", false, "text"),
                            BASE_SCORE);
        } catch (XGBoostError error) {
            throw new IllegalStateException("XGBoost did not dump its trees", error);
        }
    }

    /**
     * How trees are grown.
     *
     * @param trees how many
     * @param depth largest depth of each
     * @param learningRate what each contributes
     * @param minimumLeaf least samples in a leaf
     * @param monotone by feature: 1 never falls with it, −1 never rises, 0 free
     */
    record Settings(
            int trees, int depth, double learningRate, int minimumLeaf, List<Integer> monotone) {
        Settings {
            monotone = List.copyOf(monotone);
        }

        private Map<String, Object> parameters() {
            Map<String, Object> parameters = new LinkedHashMap<>();
            parameters.put("objective", "reg:squarederror");
            parameters.put("tree_method", "hist");
            parameters.put("max_depth", depth);
            parameters.put("eta", learningRate);
            parameters.put("min_child_weight", minimumLeaf);
            parameters.put("base_score", BASE_SCORE);
            parameters.put("nthread", 1);
            parameters.put("seed", 1);
            parameters.put("verbosity", 0);
            if (monotone.stream().anyMatch(sign -> sign != 0)) {
                parameters.put(
                        "monotone_constraints",
                        monotone.stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(",", "(", ")")));
            }
            return parameters;
        }
    }

    /**
     * Trains trees.
     *
     * @param names feature names in lexicographic order, the order Tribuo numbers them in
     * @param features one row per sample
     * @param targets one value per sample
     */
    static TribuoTrees train(
            String[] names, List<float[]> features, double[] targets, Settings settings) {
        RegressionFactory factory = new RegressionFactory();
        MutableDataset<Regressor> dataset =
                new MutableDataset<>(
                        new SimpleDataSourceProvenance(
                                "telemetry",
                                OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC),
                                factory),
                        factory);
        for (int i = 0; i < targets.length; i++) {
            dataset.add(example(names, features.get(i), targets[i]));
        }
        return new TribuoTrees(
                new XGBoostRegressionTrainer(
                                RegressionType.LINEAR, settings.trees(), settings.parameters())
                        .train(dataset, Map.of()));
    }

    private static Example<Regressor> example(String[] names, float[] features, double target) {
        double[] values = new double[features.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = features[i];
        }
        return new ArrayExample<>(new Regressor(TARGET, target), names, values);
    }

    /** The prediction for one row of features. */
    double predict(float[] features) {
        return flat.predict(features);
    }

    /** The same through Tribuo and XGBoost's native code; for comparison. */
    double predictThroughTribuo(String[] names, float[] features) {
        return model.predict(example(names, features, 0)).getOutput().getValues()[0];
    }

    /** The model as Tribuo's protobuf. */
    byte[] toBytes() {
        return model.serialize().toByteArray();
    }

    /**
     * Trees from Tribuo's protobuf.
     *
     * @throws IOException if it is none, or holds another kind of model
     */
    static TribuoTrees fromBytes(byte[] bytes) throws IOException {
        Model<?> model;
        try {
            model = Model.deserialize(ModelProto.parseFrom(bytes));
        } catch (IllegalArgumentException | IllegalStateException unreadable) {
            throw new IOException("Tribuo cannot read its model", unreadable);
        }
        if (!(model.castModel(Regressor.class) instanceof XGBoostModel<Regressor> trees)) {
            throw new IOException("not an XGBoost model: " + model.getClass().getName());
        }
        return new TribuoTrees(trees);
    }

    /** Checks that names are in the order Tribuo numbers features in. */
    static String[] inOrder(String... names) {
        String[] sorted = names.clone();
        Arrays.sort(sorted);
        if (!Arrays.equals(sorted, names)) {
            throw new IllegalArgumentException(
                    "Tribuo numbers features by name: " + Arrays.toString(sorted));
        }
        return names;
    }
}
