package dev.lowgear.core.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.Seeds;
import dev.lowgear.core.performance.MidEnvelope.Direction;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

class MidEnvelopeTest {
    private static final int[] SHAPE = {3, 4, 2, 5};
    private static final Direction[] DIRECTIONS = {
        Direction.RISING, Direction.FREE, Direction.RISING, Direction.FALLING
    };

    @Test
    void splitsADipBetweenItsNeighbours() {
        float[] dip = {1, 4, 2, 5};

        assertThat(MidEnvelope.of(dip, new int[] {4}, Direction.RISING))
                .containsExactly(1, 3, 3, 5);
    }

    @Test
    void leavesAMonotoneSurfaceAlone() {
        float[] falling = {9, 7, 8, 6};

        assertThat(MidEnvelope.of(falling, new int[] {2, 2}, Direction.FALLING, Direction.FALLING))
                .containsExactly(falling);
    }

    @Seeds
    void isTheMeanOfTheLargestBelowAndTheSmallestAbove(SplittableRandom random) {
        float[] values = new float[3 * 4 * 2 * 5];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(50);
        }

        float[] middle = MidEnvelope.of(values, SHAPE, DIRECTIONS);

        for (int cell = 0; cell < values.length; cell++) {
            float below = values[cell];
            float above = values[cell];
            for (int other = 0; other < values.length; other++) {
                if (precedes(other, cell)) {
                    below = Math.max(below, values[other]);
                }
                if (precedes(cell, other)) {
                    above = Math.min(above, values[other]);
                }
            }
            assertThat(middle[cell]).isEqualTo(0.5f * (below + above));
        }
        assertThat(MidEnvelope.holds(middle, SHAPE, DIRECTIONS)).isTrue();
    }

    @Seeds
    void neverMovesAwayFromAMonotoneTruth(SplittableRandom random) {
        float[] noisy = new float[3 * 4 * 2 * 5];
        double[] truth = new double[noisy.length];
        double worst = 0;
        for (int i = 0; i < noisy.length; i++) {
            int[] at = coordinates(i);
            truth[i] = 100 + 3 * at[0] + at[2] * (1 + at[0]) - 2 * at[3] + 7 * (at[1] % 2);
            noisy[i] = (float) (truth[i] + 6 * (random.nextDouble() - 0.5));
            worst = Math.max(worst, Math.abs(noisy[i] - truth[i]));
        }

        float[] middle = MidEnvelope.of(noisy, SHAPE, DIRECTIONS);

        for (int i = 0; i < middle.length; i++) {
            assertThat((double) middle[i]).isCloseTo(truth[i], within(worst + 1e-4));
        }
    }

    @Test
    void noticesOneCellThatBreaksTheOrder() {
        float[] rising = {1, 2, 3, 2.9f};

        assertThat(MidEnvelope.holds(rising, new int[] {4}, Direction.RISING)).isFalse();
        assertThat(MidEnvelope.holds(rising, new int[] {4}, Direction.FREE)).isTrue();
    }

    /**
     * Whether every axis that has a direction agrees that {@code first} lies before {@code next}.
     */
    private static boolean precedes(int first, int next) {
        int[] from = coordinates(first);
        int[] to = coordinates(next);
        return from[0] <= to[0] && from[1] == to[1] && from[2] <= to[2] && from[3] >= to[3];
    }

    private static int[] coordinates(int cell) {
        return new int[] {cell / 40, cell / 10 % 4, cell / 5 % 2, cell % 5};
    }
}
