package dev.lowgear.core.control;

import static dev.lowgear.core.control.ControlPlaneScenario.A100;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.gear.BindingConstraint;
import dev.lowgear.core.gear.Gear;
import dev.lowgear.core.gear.GearReason;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.TreeSet;

/** Without a trusted table clocks are tried, safely; with one, its trust is the limit. */
class ExplorationTest {
    private static final Duration LOOSE = Duration.ofSeconds(60);
    private static final Duration STEP = Duration.ofSeconds(2);

    private static GearReason reason(Answer answer) {
        return answer.decision().choice().reason();
    }

    @Test
    void triesEightClocksInSixteenSecondsWhileThereIsSlack() {
        var scenario = ControlPlaneScenario.exploring().running(8, LOOSE).later(STEP);
        var tried = new TreeSet<Integer>();
        for (int i = 0; i < 8; i++) {
            for (int half = 0; half < 4; half++) {
                scenario.answer();
                scenario.later(Duration.ofMillis(500));
            }
            tried.add(scenario.gear().clockMhz());
        }
        assertThat(tried).containsExactly(705, 810, 915, 1020, 1110, 1215, 1320, 1410);
    }

    @Test
    void holdsOneClockForAWholeStep() {
        var scenario = ControlPlaneScenario.exploring().running(8, LOOSE);
        scenario.answer();
        scenario.later(STEP).answer();
        Gear first = scenario.gear();
        assertThat(reason(scenario.later(Duration.ofMillis(1_999)).answer()))
                .isEqualTo(GearReason.EXPLORING);
        assertThat(scenario.gear()).isEqualTo(first);
        scenario.later(Duration.ofMillis(1)).answer();
        assertThat(scenario.gear()).isNotEqualTo(first);
    }

    @Test
    void goesToTheHighestClockForTheRestOfTheStepWhenTwiceThePredictedTimeWouldBeTooLong() {
        var scenario = ControlPlaneScenario.exploring().running(8, LOOSE).later(STEP);
        while (scenario.answer().decision().choice().gear().clockMhz() > 1000) {
            scenario.later(STEP);
        }
        // 200 iterations of about 11 ms, doubled, need 4.4 s.
        Answer unsafe = scenario.running(8, Duration.ofMillis(4_300)).answer();
        assertThat(reason(unsafe)).isEqualTo(GearReason.EXPLORATION_UNSAFE);
        assertThat(scenario.gear()).isEqualTo(Gear.clock(1410));

        Answer still = scenario.later(Duration.ofMillis(500)).running(8, LOOSE).answer();
        assertThat(reason(still)).isEqualTo(GearReason.EXPLORATION_UNSAFE);
        Answer next = scenario.later(Duration.ofMillis(1_500)).answer();
        assertThat(reason(next)).isEqualTo(GearReason.EXPLORING);
    }

    @Test
    void doesNotExploreWhileARequestIsLost() {
        var scenario = ControlPlaneScenario.exploring().running(8, LOOSE).lost(1).later(STEP);
        assertThat(reason(scenario.answer())).isEqualTo(GearReason.LOST_REQUEST);
        assertThat(scenario.gear()).isEqualTo(Gear.clock(1410));
    }

    @Test
    void idleTimeIsNoStepOfExploration() {
        var scenario = ControlPlaneScenario.exploring().idle();
        for (int i = 0; i < 10; i++) {
            scenario.later(STEP).answer();
        }
        assertThat(scenario.later(STEP).answer().decision().next().exploration().steps()).isZero();
        assertThat(scenario.gear()).isEqualTo(Gear.clock(210));
    }

    @Test
    void wrongTableIsExploredWithLikeNone() {
        var scenario =
                ControlPlaneScenario.exploring()
                        .published(LearnedTables.wrong(A100))
                        .running(8, LOOSE);
        scenario.answer();
        assertThat(reason(scenario.later(STEP).answer())).isEqualTo(GearReason.EXPLORING);
    }

    @Test
    void withoutAnyModelTheHighestClockIsHeld() {
        var scenario = ControlPlaneScenario.unpredictable().running(8, LOOSE);
        assertThat(reason(scenario.later(STEP).answer())).isEqualTo(GearReason.NO_MODEL);
        assertThat(scenario.gear()).isEqualTo(Gear.clock(1410));
    }

    @Test
    void requestsWithoutProjectionHoldTheHighestClock() {
        var scenario = ControlPlaneScenario.governed().running(8, LOOSE).projectingNothing();
        assertThat(reason(scenario.later(STEP).answer())).isEqualTo(GearReason.NOTHING_PROJECTED);
        assertThat(scenario.gear()).isEqualTo(Gear.clock(1410));
    }

    @Test
    void goesOneStepBelowWhereTheTableIsTrustedAndNoFurther() {
        var scenario =
                ControlPlaneScenario.exploring()
                        .published(LearnedTables.seenFrom(905, A100, 1))
                        .running(8, LOOSE);
        scenario.answer();
        Answer answer = scenario.later(STEP).answer();
        assertThat(reason(answer)).isEqualTo(GearReason.TRUST_LIMITED);
        assertThat(answer.decision().choice().binding())
                .isInstanceOf(BindingConstraint.TrustEnds.class);
        // Support is counted in bands of a sixteenth, 88 MHz; a step is 100 MHz.
        assertThat(scenario.gear().clockMhz()).isBetween(780, 810);
    }

    @Test
    void trustGrowsByUse() {
        var scenario =
                ControlPlaneScenario.exploring()
                        .published(LearnedTables.seenFrom(905, A100, 1))
                        .running(8, LOOSE);
        scenario.answer();
        scenario.later(STEP).answer();
        int before = scenario.gear().clockMhz();
        scenario.published(LearnedTables.seenFrom(before, A100, 2)).later(STEP).answer();
        assertThat(scenario.gear().clockMhz()).isLessThan(before);
    }

    @Test
    void tableTrustedNowhereHoldsTheHighestClock() {
        var scenario =
                ControlPlaneScenario.exploring()
                        .published(LearnedTables.seenFrom(5_000, A100, 1))
                        .running(8, LOOSE);
        assertThat(reason(scenario.later(STEP).answer())).isEqualTo(GearReason.TRUST_LIMITED);
        assertThat(scenario.gear()).isEqualTo(Gear.clock(1410));
    }
}
