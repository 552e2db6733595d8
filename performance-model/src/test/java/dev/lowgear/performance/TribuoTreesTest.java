package dev.lowgear.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

class TribuoTreesTest {
    private static final String[] NAMES = TribuoTrees.inOrder("a", "b", "c");
    private static final TribuoTrees.Settings FREE =
            new TribuoTrees.Settings(60, 4, 0.2, 2, List.of());

    private static final List<float[]> FEATURES = new ArrayList<>();
    private static final double[] TARGETS = new double[2_000];
    private static TribuoTrees trees;

    @BeforeAll
    static void train() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < TARGETS.length; i++) {
            float[] row = {
                random.nextInt(4), (float) random.nextDouble(), (float) random.nextDouble()
            };
            FEATURES.add(row);
            TARGETS[i] = row[0] * row[1] - StrictMath.sin(6 * row[2]) + 10;
        }
        trees = TribuoTrees.train(NAMES, FEATURES, TARGETS, FREE);
    }

    @Test
    void evaluateLikeTribuoToTheLastBitAlsoWhereAFeatureIsZero() {
        for (int i = 0; i < 300; i++) {
            float[] row = FEATURES.get(i);
            assertThat(trees.predict(row)).isEqualTo(trees.predictThroughTribuo(NAMES, row));
        }
    }

    @Test
    void learnWhatTheyWereShown() {
        double worst = 0;
        for (int i = 0; i < TARGETS.length; i++) {
            worst = Math.max(worst, Math.abs(trees.predict(FEATURES.get(i)) - TARGETS[i]));
        }
        assertThat(worst).isLessThan(0.7);
    }

    @Test
    void survivesTribuosProtobuf() throws IOException {
        TribuoTrees copy = TribuoTrees.fromBytes(trees.toBytes());

        for (int i = 0; i < 300; i++) {
            float[] row = FEATURES.get(i);
            assertThat(copy.predict(row)).isEqualTo(trees.predict(row));
            assertThat(copy.predictThroughTribuo(NAMES, row)).isEqualTo(trees.predict(row));
        }
    }

    @Test
    void growTheSameFromTheSameSamples() {
        TribuoTrees again = TribuoTrees.train(NAMES, FEATURES, TARGETS, FREE);

        for (float[] row : FEATURES) {
            assertThat(again.predict(row)).isEqualTo(trees.predict(row));
        }
    }

    @Test
    void obeyMonotoneConstraintsInTheOrderOfTheirNames() {
        TribuoTrees monotone =
                TribuoTrees.train(
                        NAMES,
                        FEATURES,
                        TARGETS,
                        new TribuoTrees.Settings(60, 4, 0.2, 2, List.of(0, 1, -1)));
        for (int i = 0; i < 200; i++) {
            float[] row = FEATURES.get(i);
            float[] more = {row[0], row[1] + 0.3f, row[2]};
            float[] less = {row[0], row[1], row[2] + 0.3f};
            assertThat(monotone.predict(more)).isGreaterThanOrEqualTo(monotone.predict(row));
            assertThat(monotone.predict(less)).isLessThanOrEqualTo(monotone.predict(row));
        }
    }

    @Test
    void refuseBytesThatAreNoModel() {
        assertThatThrownBy(() -> TribuoTrees.fromBytes(new byte[] {1, 2, 3}))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> FlatTrees.parse(new String[] {"0:nonsense"}, 0))
                .hasMessageContaining("nonsense");
        assertThatThrownBy(() -> TribuoTrees.inOrder("b", "a")).hasMessageContaining("[a, b]");
    }
}
