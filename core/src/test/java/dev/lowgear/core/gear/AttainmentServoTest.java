package dev.lowgear.core.gear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.Seeds;
import dev.lowgear.core.observation.FinishedRequest;
import dev.lowgear.core.slo.Target;

import org.junit.jupiter.api.Test;

import java.util.Set;
import java.util.SplittableRandom;

class AttainmentServoTest {
    private static final FinishedRequest JUST_KEPT = kept(1);
    private static final FinishedRequest WELL_KEPT = kept(.5);
    private static final FinishedRequest LATE = missed(Target.E2E);
    private static final FinishedRequest SLOW_TOKENS = missed(Target.TBT_MEAN);

    private static final int FEW = 5;

    private static FinishedRequest kept(double usedShare) {
        return new FinishedRequest("standard", Set.of(), true, usedShare);
    }

    private static FinishedRequest missed(Target target) {
        return new FinishedRequest("standard", Set.of(target), true, 1.2);
    }

    @Test
    void stepsAreThoseOfTheWorkedExample() {
        assertThat(AttainmentServo.INITIAL.after(LATE, 1000, 1, .99, FEW).priceGain())
                .isCloseTo(.001347, within(1e-6));
        assertThat(AttainmentServo.INITIAL.after(JUST_KEPT, 1000, 1, .99, FEW).priceGain())
                .isCloseTo(.0009976, within(1e-7));
        assertThat(AttainmentServo.INITIAL.after(WELL_KEPT, 1000, 1, .99, FEW).priceGain())
                .isCloseTo(.001 * Math.exp(-.3 * .008 * 1.06), within(1e-9));
    }

    @Test
    void aimsHalfTheBudgetHigherWhileBehind() {
        // 30 of 1,000 missed: more than the 8 that were aimed at.
        double ahead = AttainmentServo.INITIAL.after(JUST_KEPT, 1000, 1, .99, FEW).priceGain();
        double behind = AttainmentServo.INITIAL.after(JUST_KEPT, 1000, 30, .99, FEW).priceGain();
        assertThat(behind)
                .isGreaterThan(ahead)
                .isCloseTo(.001 * Math.exp(-.3 * .005), within(1e-9));
    }

    @Test
    void manyWellKeptCheapenTimeSeveralTimesAsFastAsManyJustKept() {
        assertThat(logGainAfter(300, WELL_KEPT, 0, FEW))
                .isLessThan(4 * logGainAfter(300, JUST_KEPT, 0, FEW));
    }

    @Test
    void thereIsNoHasteOnceTheBudgetIsUsedUp() {
        // Four of the first 300 missed, 2.4 are allowed: as if all others were just kept.
        assertThat(logGainAfter(300, WELL_KEPT, 4, FEW))
                .isEqualTo(logGainAfter(300, JUST_KEPT, 4, FEW));
    }

    @Test
    void hasteLowersTheGainByAQuarterAtMostBeforeWhatIsUnderWayHasTold() {
        for (int underWay : new int[] {50, 90}) {
            assertThat(logGainAfter(underWay, WELL_KEPT, 0, underWay))
                    .isBetween(-.25, logGainAfter(underWay, JUST_KEPT, 0, underWay));
        }
        // With so many the servo's own pace is already more than that.
        assertThat(logGainAfter(200, WELL_KEPT, 0, 200))
                .isEqualTo(logGainAfter(200, JUST_KEPT, 0, 200));
    }

    private static double logGainAfter(
            int requests, FinishedRequest each, int missed, int underWay) {
        var servo = AttainmentServo.INITIAL;
        for (int i = 1; i <= requests; i++) {
            servo = servo.after(each, i, missed, .99, underWay);
        }
        return Math.log(servo.priceGain() / AttainmentServo.INITIAL.priceGain());
    }

    @Test
    void onlyMissedTokenTargetsRaiseTheFloor() {
        assertThat(AttainmentServo.INITIAL.after(SLOW_TOKENS, 100, 1, .99, FEW).tokenFloor())
                .isLessThan(.9);
        assertThat(AttainmentServo.INITIAL.after(LATE, 100, 1, .99, FEW).tokenFloor())
                .isGreaterThan(.9);
    }

    @Test
    void everyPromiseKeptMeansTheDearestPrice() {
        assertThat(AttainmentServo.startingAt(1).priceGain()).isEqualTo(.01);
        assertThat(AttainmentServo.startingAt(1).after(WELL_KEPT, 10, 0, 1, FEW).priceGain())
                .isEqualTo(.01);
    }

    /** A plant that misses the more, the lower the gain: where it settles is the goal. */
    @Seeds(count = 20)
    void settlesAtTheAttainmentAimedAt(SplittableRandom random) {
        assertThat(missesWhereItSettles(random, JUST_KEPT)).isBetween(.0058, .0095);
    }

    /** Misses out of the blue, all others well kept: haste must not cost what was promised. */
    @Seeds(count = 20)
    void settlesThereAlsoWhereNothingWarns(SplittableRandom random) {
        assertThat(missesWhereItSettles(random, WELL_KEPT)).isBetween(.0058, .0095);
    }

    private static double missesWhereItSettles(SplittableRandom random, FinishedRequest kept) {
        var servo = AttainmentServo.INITIAL;
        double finished = 0;
        double missed = 0;
        int counted = 0;
        for (int i = 1; i <= 60_000; i++) {
            boolean miss = random.nextDouble() < Math.min(1, 2e-6 / servo.priceGain());
            finished++;
            missed += miss ? 1 : 0;
            servo = servo.after(miss ? LATE : kept, finished, missed, .99, FEW);
            counted += miss && i > 20_000 ? 1 : 0;
        }
        return counted / 40_000.;
    }

    @Test
    void gainsOutsideTheirBoundsAreRefused() {
        assertThatThrownBy(() -> new AttainmentServo(.02, 1, 0)).hasMessageContaining("price gain");
        assertThatThrownBy(() -> new AttainmentServo(.001, 3, 0))
                .hasMessageContaining("token floor");
        assertThatThrownBy(() -> new AttainmentServo(.001, 1, 2)).hasMessageContaining("pressed");
    }
}
