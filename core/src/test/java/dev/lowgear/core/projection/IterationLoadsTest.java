package dev.lowgear.core.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.Seeds;
import dev.lowgear.core.request.SurvivalCurve;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

class IterationLoadsTest {
    /**
     * throttLL'eM §3.3: N = 16, r1(start 0, prompt 30, length 5), r2(start 2, prompt 15, length 4).
     */
    @Test
    void reproducesThePaperVectors() {
        var r1 = new Occupant(0, 30, 0, 0, SurvivalCurve.point(5, 5));
        var r2 = new Occupant(2, 15, 0, 0, SurvivalCurve.point(4, 4));
        int[] every = IntStream.range(0, 6).toArray();
        IterationLoads loads = IterationLoads.of(List.of(r1, r2), every, 16);
        assertThat(IntStream.range(0, 6).mapToDouble(loads::batch))
                .containsExactly(1., 1., 2., 2., 2., 1.);
        assertThat(IntStream.range(0, 6).mapToDouble(loads::blocks))
                .containsExactly(2., 2., 4., 5., 5., 2.);
        assertThat(IntStream.range(0, 6).mapToDouble(loads::variance)).containsOnly(0.);
    }

    /** Against the sums of the formula, at iterations as far apart as a projection's. */
    @Seeds
    void certainRequestsAreAddedUpOneByOneOrTogether(SplittableRandom random) {
        List<Occupant> occupants = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            int generated = random.nextInt(40);
            int length = 1 + random.nextInt(300);
            int start = random.nextInt(200);
            boolean resumes = start > 0 && random.nextBoolean();
            occupants.add(
                    new Occupant(
                            start,
                            random.nextInt(500),
                            resumes ? generated + 1 : generated,
                            generated,
                            SurvivalCurve.point(length, length + random.nextInt(100))));
        }
        int blockTokens = 1 + random.nextInt(40);
        int[] some = random.ints(25, 0, 600).sorted().toArray();
        IterationLoads loads = IterationLoads.of(occupants, some, blockTokens);
        for (int i = 0; i < some.length; i++) {
            double batch = 0;
            double blocks = 0;
            for (Occupant one : occupants) {
                double survivalNow = one.curve().beyond(one.generated());
                double presence = one.presence(some[i], survivalNow);
                batch += presence;
                blocks += presence * one.blocks(some[i], blockTokens);
            }
            assertThat(loads.batch(i)).isEqualTo(batch);
            assertThat(loads.blocks(i)).isEqualTo(blocks);
            assertThat(loads.variance(i)).isZero();
        }
    }

    /** Against the average over many sampled futures, each in the paper's form. */
    @Seeds(count = 10)
    void expectedLoadsAreTheMeanOfSampledFutures(SplittableRandom random) {
        List<Occupant> occupants = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            double early = random.nextDouble();
            SurvivalCurve curve =
                    SurvivalCurve.of(
                            new int[] {3 + random.nextInt(5), 12 + random.nextInt(9)},
                            new double[] {early, 0},
                            40);
            occupants.add(new Occupant(random.nextInt(3), random.nextInt(60), 0, 0, curve));
        }
        int[] every = IntStream.range(0, 24).toArray();
        IterationLoads expected = IterationLoads.of(occupants, every, 16);
        int samples = 4_000;
        double[] batch = new double[every.length];
        double[] blocks = new double[every.length];
        double[] squares = new double[every.length];
        for (int n = 0; n < samples; n++) {
            List<Occupant> future = new ArrayList<>();
            for (Occupant one : occupants) {
                int length = one.curve().furtherTokens(Math.max(1e-9, random.nextDouble()), 0);
                future.add(
                        new Occupant(
                                one.start(),
                                one.tokensAtStart(),
                                0,
                                0,
                                SurvivalCurve.point(length, length)));
            }
            IterationLoads sampled = IterationLoads.of(future, every, 16);
            for (int j : every) {
                batch[j] += sampled.batch(j) / samples;
                blocks[j] += sampled.blocks(j) / samples;
                squares[j] += sampled.blocks(j) * sampled.blocks(j) / samples;
            }
        }
        for (int j : every) {
            assertThat(expected.batch(j)).isCloseTo(batch[j], within(.06));
            assertThat(expected.blocks(j)).isCloseTo(blocks[j], within(.3));
            assertThat(expected.variance(j))
                    .isCloseTo(squares[j] - blocks[j] * blocks[j], within(1.5));
        }
    }
}
