package dev.lowgear.core.gear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.Seeds;
import dev.lowgear.core.slo.Target;

import org.junit.jupiter.api.Test;

import java.util.Set;
import java.util.SplittableRandom;

class AttainmentServoTest {
    private static final Set<Target> KEPT = Set.of();
    private static final Set<Target> LATE = Set.of(Target.E2E);
    private static final Set<Target> SLOW_TOKENS = Set.of(Target.TBT_MEAN);

    @Test
    void stepsAreThoseOfTheWorkedExample() {
        assertThat(AttainmentServo.INITIAL.after(LATE, 1000, 1, .99).priceGain())
                .isCloseTo(.001346, within(1e-6));
        assertThat(AttainmentServo.INITIAL.after(KEPT, 1000, 1, .99).priceGain())
                .isCloseTo(.0009973, within(1e-7));
    }

    @Test
    void aimsHalfTheBudgetHigherWhileBehind() {
        // 30 of 1,000 missed: more than the 9 that were aimed at.
        double ahead = AttainmentServo.INITIAL.after(KEPT, 1000, 1, .99).priceGain();
        double behind = AttainmentServo.INITIAL.after(KEPT, 1000, 30, .99).priceGain();
        assertThat(behind)
                .isGreaterThan(ahead)
                .isCloseTo(.001 * Math.exp(-.3 * .005), within(1e-9));
    }

    @Test
    void onlyMissedTokenTargetsRaiseTheFloor() {
        assertThat(AttainmentServo.INITIAL.after(SLOW_TOKENS, 100, 1, .99).tokenFloor())
                .isLessThan(.9);
        assertThat(AttainmentServo.INITIAL.after(LATE, 100, 1, .99).tokenFloor()).isGreaterThan(.9);
    }

    @Test
    void everyPromiseKeptMeansTheDearestPrice() {
        assertThat(AttainmentServo.startingAt(1).priceGain()).isEqualTo(.01);
        assertThat(AttainmentServo.startingAt(1).after(KEPT, 10, 0, 1).priceGain()).isEqualTo(.01);
    }

    /** A plant that misses the more, the lower the gain: where it settles is the goal. */
    @Seeds(count = 20)
    void settlesAtTheAttainmentAimedAt(SplittableRandom random) {
        var servo = AttainmentServo.INITIAL;
        double finished = 0;
        double missed = 0;
        int counted = 0;
        for (int i = 1; i <= 60_000; i++) {
            boolean miss = random.nextDouble() < Math.min(1, 2e-6 / servo.priceGain());
            finished++;
            missed += miss ? 1 : 0;
            servo = servo.after(miss ? LATE : KEPT, finished, missed, .99);
            counted += miss && i > 20_000 ? 1 : 0;
        }
        assertThat(counted / 40_000.).isBetween(.0065, .0105);
    }

    @Test
    void gainsOutsideTheirBoundsAreRefused() {
        assertThatThrownBy(() -> new AttainmentServo(.02, 1)).hasMessageContaining("price gain");
        assertThatThrownBy(() -> new AttainmentServo(.001, 3)).hasMessageContaining("token floor");
    }
}
