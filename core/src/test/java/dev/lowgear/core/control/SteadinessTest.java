package dev.lowgear.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.gear.Gear;
import dev.lowgear.core.gear.GearReason;
import dev.lowgear.core.slo.SloPolicy;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** Raising is never delayed; lowering waits for the deadband and the rhythm. */
class SteadinessTest {
    private static final Duration LOOSE = Duration.ofSeconds(60);

    /** An engine of 8 requests at the clock that a deadline of {@code millis} asks for. */
    private static ControlPlaneScenario settledAt(long millis) {
        var scenario =
                ControlPlaneScenario.governed().running(8, Duration.ofMillis(millis)).later(LOOSE);
        scenario.answer();
        scenario.later(LOOSE).answer();
        return scenario;
    }

    private static GearReason reason(Answer answer) {
        return answer.decision().choice().reason();
    }

    @Test
    void raisesTheClockAtOnceWhenADeadlineSlips() {
        var scenario = settledAt(6_500);
        Gear before = scenario.gear();
        Answer raised =
                scenario.later(Duration.ofMillis(1)).running(8, Duration.ofMillis(5_800)).answer();
        assertThat(raised.decision().choice().gear().clockMhz()).isGreaterThan(before.clockMhz());
        Answer again =
                scenario.later(Duration.ofMillis(1)).running(8, Duration.ofMillis(5_500)).answer();
        assertThat(again.decision().choice().gear().clockMhz())
                .isGreaterThan(raised.decision().choice().gear().clockMhz());
    }

    @Test
    void raisesByASingleRungWithoutDeadband() {
        var scenario = settledAt(6_500);
        int before = scenario.gear().clockMhz();
        for (long millis = 6_499; scenario.gear().clockMhz() == before; millis--) {
            scenario.running(8, Duration.ofMillis(millis)).answer();
        }
        assertThat(scenario.gear().clockMhz()).isEqualTo(before + 15);
    }

    @Test
    void doesNotLowerWithinTheDeadband() {
        var scenario = settledAt(5_700);
        Gear before = scenario.gear();
        assertThat(before.clockMhz()).isBetween(700, 1395);
        Answer answer = scenario.later(LOOSE).running(8, Duration.ofMillis(5_730)).answer();
        assertThat(reason(answer)).isEqualTo(GearReason.DEADBAND);
        assertThat(answer.decision().choice().gear()).isEqualTo(before);
        assertThat(answer.decision().changesGear()).isFalse();
    }

    @Test
    void lowersAtMostEveryHundredMilliseconds() {
        var scenario = settledAt(6_500);
        scenario.running(8, Duration.ofMillis(5_600)).answer();
        Gear raised = scenario.gear();
        Answer tooSoon =
                scenario.later(Duration.ofMillis(99)).running(8, Duration.ofMillis(9_000)).answer();
        assertThat(reason(tooSoon)).isEqualTo(GearReason.RHYTHM);
        assertThat(tooSoon.decision().choice().gear()).isEqualTo(raised);
        Answer lowered = scenario.later(Duration.ofMillis(1)).answer();
        assertThat(reason(lowered)).isEqualTo(GearReason.LOWEST_FEASIBLE);
        assertThat(scenario.gear().clockMhz()).isLessThan(raised.clockMhz());
    }

    @Test
    void doesNotWaitForTheRhythmWhileARequestWaits() {
        var scenario = settledAt(6_500);
        scenario.running(8, Duration.ofMillis(5_600)).answer();
        Gear raised = scenario.gear();
        Answer lowered =
                scenario.later(Duration.ofMillis(10))
                        .running(8, Duration.ofMillis(9_000))
                        .waiting(1)
                        .answer();
        assertThat(reason(lowered)).isEqualTo(GearReason.LOWEST_FEASIBLE);
        assertThat(scenario.gear().clockMhz()).isLessThan(raised.clockMhz());
    }

    @Test
    void countsWhatWasToldAsHeldWhileItIsUnderWay() {
        var scenario = settledAt(6_500);
        Gear before = scenario.gear();
        scenario.running(8, Duration.ofMillis(5_600)).disobedient(before).answer();
        Answer answer =
                scenario.later(Duration.ofMillis(5)).running(8, Duration.ofMillis(5_650)).answer();
        assertThat(reason(answer)).isIn(GearReason.DEADBAND, GearReason.RHYTHM);
        assertThat(answer.decision().changesGear()).isFalse();
        assertThat(answer.decision().directive()).isInstanceOf(Directive.SetGear.class);
    }

    @Test
    void policyThatHoldsAClockIsNotHeldBack() {
        var scenario = ControlPlaneScenario.under("fixed-clock:1380").running(8, LOOSE);
        assertThat(scenario.answer().decision().choice().gear()).isEqualTo(Gear.clock(1380));
    }

    @Test
    void aPaceThatIsNotAllowedAnyMoreIsNotHeldWithinTheDeadband() {
        var scenario =
                ControlPlaneScenario.under("lowgear")
                        .pacing()
                        .with(restingAtMost(Duration.ofMillis(60)))
                        .running(4, LOOSE);
        scenario.answer();
        assertThat(scenario.gear().paceMicros()).isEqualTo(60_000);
        scenario.with(restingAtMost(Duration.ofMillis(58))).later(LOOSE).answer();
        assertThat(scenario.gear().paceMicros()).isEqualTo(58_000);
        scenario.with(restingAtMost(Duration.ofMillis(59))).later(LOOSE).answer();
        assertThat(scenario.gear().paceMicros()).as("held within the deadband").isEqualTo(58_000);
    }

    private static SloPolicy restingAtMost(Duration pace) {
        SloPolicy standard = SloPolicy.STANDARD;
        return new SloPolicy(
                standard.name(),
                standard.match(),
                standard.targets(),
                standard.attainment(),
                standard.priority(),
                standard.sheddable(),
                standard.rescueLost(),
                standard.energyMode(),
                standard.clocks(),
                pace,
                standard.margins());
    }
}
