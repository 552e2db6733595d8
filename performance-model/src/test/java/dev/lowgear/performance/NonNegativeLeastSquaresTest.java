package dev.lowgear.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.Seeds;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

class NonNegativeLeastSquaresTest {
    @Test
    void findsTheCoefficientsOfAnExactSum() {
        double[][] rows = {{1, 2}, {1, 3}, {1, 5}};
        double[] measured = {8, 11, 17};

        assertThat(solve(rows, measured)).containsExactly(new double[] {2, 3}, within(1e-8));
    }

    @Test
    void keepsATermOutThatWouldTurnNegative() {
        // The unconstrained line is 4 − x; without the slope the mean of 3, 2 and 1 is left.
        double[][] rows = {{1, 1}, {1, 2}, {1, 3}};
        double[] measured = {3, 2, 1};

        assertThat(solve(rows, measured)).containsExactly(new double[] {2, 0}, within(1e-8));
    }

    @Test
    void copesWithATermThatIsZeroThroughoutAndOneThatRepeatsAnother() {
        double[][] rows = {{1, 0, 1}, {2, 0, 2}};
        double[] solution = solve(rows, new double[] {3, 6});

        assertThat(solution[0] + solution[2]).isCloseTo(3, within(1e-8));
        assertThat(solution[1]).isZero();
    }

    @Seeds
    void noNeighbourOfTheSolutionIsBetter(SplittableRandom random) {
        double[][] rows = new double[30][6];
        double[] measured = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < 6; j++) {
                rows[i][j] = random.nextDouble();
            }
            rows[i][5] = rows[i][0] + rows[i][1] + 0.01 * random.nextDouble();
            measured[i] = rows[i][0] - rows[i][2] + 2 * rows[i][4] + random.nextDouble();
        }
        double[] solution = solve(rows, measured);
        double best = squaredError(rows, measured, solution);

        for (int j = 0; j < 6; j++) {
            assertThat(solution[j]).isNotNegative();
            for (double step : new double[] {-1e-3, 1e-3}) {
                double[] neighbour = solution.clone();
                neighbour[j] = Math.max(0, neighbour[j] + step);
                assertThat(squaredError(rows, measured, neighbour))
                        .isGreaterThanOrEqualTo(best - 1e-9);
            }
        }
    }

    private static double[] solve(double[][] rows, double[] measured) {
        int terms = rows[0].length;
        double[][] gram = new double[terms][terms];
        double[] moments = new double[terms];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < terms; j++) {
                moments[j] += rows[i][j] * measured[i];
                for (int k = 0; k < terms; k++) {
                    gram[j][k] += rows[i][j] * rows[i][k];
                }
            }
        }
        return new NonNegativeLeastSquares(gram, moments).solve();
    }

    private static double squaredError(double[][] rows, double[] measured, double[] solution) {
        double error = 0;
        for (int i = 0; i < rows.length; i++) {
            double residual = -measured[i];
            for (int j = 0; j < solution.length; j++) {
                residual += rows[i][j] * solution[j];
            }
            error += residual * residual;
        }
        return error;
    }
}
