package dev.lowgear.simulator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

class LinearArmTest {
    /** One dimension by hand: A = 1 + 1 + 4 = 6, b = 3·1 + 5·2 = 13; at x = 2: 2·13/6, ±√(4/6). */
    @Test
    void regressesAsByHand() {
        var arm = new LinearArm(1);
        arm.learn(new double[] {1}, 3);
        arm.learn(new double[] {2}, 5);
        assertThat(arm.index(new double[] {2}, 0)).isCloseTo(26 / 6., within(1e-12));
        assertThat(arm.index(new double[] {2}, 1.5))
                .isCloseTo(26 / 6. + 1.5 * Math.sqrt(4 / 6.), within(1e-12));
        assertThat(arm.tries()).isEqualTo(2);
        assertThat(arm.mean()).isEqualTo(4);
    }

    @Test
    void findsTheLineBehindNoisyRewards() {
        var arm = new LinearArm(3);
        var random = new SplittableRandom(1);
        for (int i = 0; i < 2_000; i++) {
            double[] x = {random.nextGaussian(), random.nextGaussian(), 1};
            arm.learn(x, .5 * x[0] - .25 * x[1] + 1 + .1 * random.nextGaussian());
        }
        assertThat(arm.index(new double[] {1, 0, 0}, 0)).isCloseTo(.5, within(.02));
        assertThat(arm.index(new double[] {0, 1, 0}, 0)).isCloseTo(-.25, within(.02));
        assertThat(arm.index(new double[] {0, 0, 1}, 0)).isCloseTo(1, within(.02));
    }

    @Test
    void isSurerOfWhatItTriedMore() {
        var arm = new LinearArm(2);
        double[] x = {1, 0};
        double[] other = {0, 1};
        for (int i = 0; i < 20; i++) {
            arm.learn(x, 0);
        }
        assertThat(arm.index(other, 1)).isEqualTo(1);
        assertThat(arm.index(x, 1)).isCloseTo(Math.sqrt(1 / 21.), within(1e-9));
        assertThat(arm.standardError()).isZero();
        assertThat(new LinearArm(1).standardError()).isInfinite();
    }
}
