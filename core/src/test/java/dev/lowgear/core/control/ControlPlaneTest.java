package dev.lowgear.core.control;

import static dev.lowgear.core.control.ControlPlaneScenario.A100;
import static dev.lowgear.core.control.ControlPlaneScenario.AGENT;
import static dev.lowgear.core.control.ControlPlaneScenario.ENGINE;
import static dev.lowgear.core.control.ControlPlaneScenario.SHARD;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.fleet.AgentId;
import dev.lowgear.core.gear.AttainmentServo;
import dev.lowgear.core.gear.Gear;
import dev.lowgear.core.gear.GearReason;
import dev.lowgear.core.slo.ClockBounds;
import dev.lowgear.core.slo.EnergyMode;
import dev.lowgear.core.slo.Margins;
import dev.lowgear.core.slo.SloPolicy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class ControlPlaneTest {
    private static final Duration LOOSE = Duration.ofSeconds(60);

    private static SloPolicy policy(String name, EnergyMode mode, ClockBounds clocks) {
        return ControlPlaneScenario.policy(name, mode, clocks, Margins.STANDARD);
    }

    @Test
    void observationIsAnsweredWithAGearAndThenRenewed() {
        var scenario = ControlPlaneScenario.governed().running(8, LOOSE).later(LOOSE);

        Answer first = scenario.answer();
        assertThat(first.decision().directive()).isInstanceOf(Directive.SetGear.class);
        assertThat(first.fence()).isEqualTo(new Fence(100, 1, 1));

        Answer second = scenario.later(Duration.ofMillis(500)).answer();
        assertThat(second.decision().directive()).isInstanceOf(Directive.SetGear.class);

        Answer third = scenario.later(Duration.ofMillis(500)).answer();
        assertThat(third.decision().directive()).isInstanceOf(Directive.Renew.class);
        assertThat(third.decisionId()).isEqualTo(second.decisionId());
        assertThat(third.fence()).isEqualTo(new Fence(100, 1, 3));
    }

    @Test
    void gearFollowsTheLoad() {
        var scenario = ControlPlaneScenario.governed().running(8, LOOSE);
        scenario.answer();
        int relaxed = scenario.later(LOOSE).answer().decision().choice().gear().clockMhz();
        int tight =
                scenario.running(8, Duration.ofMillis(5_800))
                        .answer()
                        .decision()
                        .choice()
                        .gear()
                        .clockMhz();
        assertThat(relaxed).isEqualTo(210);
        assertThat(tight).isBetween(700, 1410);
    }

    @Test
    void idleEngineGetsTheLowestClockAtOnceInAnEnvelopeThatAnyArrivalLeaves() {
        var scenario = ControlPlaneScenario.governed().running(8, Duration.ofMillis(5_800));
        scenario.answer();
        Answer answer = scenario.idle().later(Duration.ofMillis(1)).answer();

        assertThat(answer.decision().choice().reason()).isEqualTo(GearReason.IDLE);
        var set = (Directive.SetGear) answer.decision().directive();
        assertThat(set.gear()).isEqualTo(Gear.clock(210));
        assertThat(set.envelope().contains(0, 0, 0)).isTrue();
        assertThat(set.envelope().contains(0, 0, 1)).isFalse();
        assertThat(set.envelope().contains(1, 0, 0)).isFalse();
    }

    @Test
    void engineThatRaisedByReflexIsToldAnewAtOnce() {
        var scenario = ControlPlaneScenario.governed().idle();
        scenario.answer();
        Answer answer = scenario.later(LOOSE).running(1, LOOSE).waiting(1).reflexed().answer();
        assertThat(answer.decision().directive()).isInstanceOf(Directive.SetGear.class);
        assertThat(answer.decision().choice().reason()).isEqualTo(GearReason.LOWEST_FEASIBLE);
    }

    @Test
    void engineThatDoesNotFollowIsToldAgainAndAgain() {
        var scenario = ControlPlaneScenario.governed().running(8, LOOSE).disobedient(Gear.DEFAULT);
        scenario.answer();
        for (int i = 0; i < 5; i++) {
            Answer answer = scenario.later(Duration.ofMillis(500)).answer();
            assertThat(answer.decision().directive()).isInstanceOf(Directive.SetGear.class);
        }
    }

    @Test
    void observationOfAForeignShardIsNotAnswered() {
        var scenario = ControlPlaneScenario.governed().running(8, LOOSE);
        scenario.plane().on(new Event.ShardLost(SHARD));
        assertThat(scenario.observed()).isEmpty();
        scenario.plane().on(new Event.ShardTaken(SHARD, 200));
        assertThat(scenario.answer().fence().schedulerEpoch()).isEqualTo(200);
    }

    @Test
    void takenOverEngineIsToldItsGearEvenIfItRunsInIt() {
        var scenario = ControlPlaneScenario.governed().running(8, LOOSE);
        scenario.answer();
        scenario.later(LOOSE).answer();
        assertThat(scenario.later(LOOSE).answer().decision().holds()).isTrue();
        scenario.plane().on(new Event.ShardLost(SHARD));
        scenario.plane().on(new Event.ShardTaken(SHARD, 200));
        assertThat(scenario.answer().decision().holds()).isFalse();
    }

    @Test
    void engineThatNoAgentAnnouncedIsNotAnswered() {
        var scenario = ControlPlaneScenario.governed().running(8, LOOSE);
        scenario.plane().on(new Event.AgentLost(AGENT));
        assertThat(scenario.observed()).isEmpty();
        assertThat(scenario.plane().engines()).isEmpty();
        scenario.plane().on(new Event.AgentSeen(AGENT, List.of(ControlPlaneScenario.engine())));
        assertThat(scenario.observed()).isPresent();
    }

    @Test
    void engineAnnouncedByAnotherAgentOnlyIsNotAnswered() {
        var scenario = ControlPlaneScenario.governed().running(8, LOOSE);
        scenario.plane().on(new Event.AgentLost(AGENT));
        scenario.plane()
                .on(
                        new Event.AgentSeen(
                                new AgentId("agent-9"), List.of(ControlPlaneScenario.engine())));
        assertThat(scenario.observed()).isEmpty();
    }

    @Test
    void olderObservationIsNotAnswered() {
        var scenario = ControlPlaneScenario.governed().running(8, LOOSE);
        scenario.answer();
        EngineObservation old = scenario.observation();
        scenario.later(LOOSE).answer();
        assertThat(scenario.receive(old)).isEmpty();
    }

    @Test
    void restartedEngineStartsOver() {
        var scenario = ControlPlaneScenario.governed().running(8, LOOSE);
        scenario.answer();
        scenario.later(LOOSE).answer();
        Answer answer = scenario.restarted().answer();
        assertThat(answer.fence()).isEqualTo(new Fence(100, 2, 1));
        assertThat(answer.decision().directive()).isInstanceOf(Directive.SetGear.class);
    }

    @Test
    void energyModeOffHoldsTheMaximumClockIdleOrNot() {
        var scenario =
                ControlPlaneScenario.governed()
                        .with(policy("standard", EnergyMode.OFF, ClockBounds.ANY));
        assertThat(scenario.idle().answer().decision().choice().gear()).isEqualTo(Gear.clock(1410));
        assertThat(scenario.running(8, LOOSE).answer().decision().choice().reason())
                .isEqualTo(GearReason.ENERGY_MODE_OFF);
    }

    @Test
    void strictestOfSeveralPoliciesRules() {
        var scenario =
                ControlPlaneScenario.governed()
                        .with(policy("gold", EnergyMode.ENERGY, new ClockBounds(900, 1200)))
                        .with(policy("off", EnergyMode.OFF, ClockBounds.ANY));
        scenario.running(2, LOOSE).underPolicies("standard", "gold");
        scenario.answer();
        assertThat(scenario.later(LOOSE).answer().decision().choice().gear())
                .isEqualTo(Gear.clock(900));
        scenario.underPolicies("standard", "gold", "off");
        assertThat(scenario.later(LOOSE).answer().decision().choice().gear())
                .isEqualTo(Gear.clock(1200));
    }

    @Test
    void requestsOfAnUnknownPolicyHoldTheMaximumClock() {
        var scenario =
                ControlPlaneScenario.governed().running(2, LOOSE).underPolicies("standard", "new");
        Answer answer = scenario.later(LOOSE).answer();
        assertThat(answer.decision().choice().gear()).isEqualTo(Gear.clock(1410));
        assertThat(answer.decision().choice().reason()).isEqualTo(GearReason.UNKNOWN_POLICY);
    }

    @Test
    void lastPublishedTableSteersWhateverItsVersion() {
        var scenario =
                ControlPlaneScenario.governed()
                        .published(LearnedTables.seenFrom(210, A100, 3))
                        .published(LearnedTables.seenFrom(210, A100, 2))
                        .running(8, LOOSE);
        var learned = (ModelInForce.Learned) scenario.answer().input().model();
        assertThat(learned.table().identity().version()).isEqualTo(2);
    }

    @Test
    void withdrawnTableLeavesThePrior() {
        var scenario = ControlPlaneScenario.governed().running(8, LOOSE);
        scenario.plane().on(new Event.TableWithdrawn(LearnedTables.FINGERPRINT));
        assertThat(scenario.answer().input().model()).isInstanceOf(ModelInForce.Prior.class);
    }

    @Test
    void conflatedObservationsLoseNoOutcome() {
        var scenario = ControlPlaneScenario.governed().running(8, LOOSE);
        EngineObservation older = scenario.finishing("standard", 2, 1, 0).observation();
        scenario.later(LOOSE).answer();
        EngineObservation newer = scenario.finishing("standard", 1, 0, 0).observation();
        EngineObservation both = older.conflatedWith(newer);
        assertThat(both.sequence()).isEqualTo(newer.sequence());
        assertThat(both.finished()).hasSize(4);
        assertThat(newer.conflatedWith(older).sequence()).isEqualTo(newer.sequence());
    }

    @Test
    void silentEngineIsForgotten() {
        var scenario = ControlPlaneScenario.governed().running(8, LOOSE);
        scenario.answer();
        assertThat(scenario.plane().engines()).hasSize(1);
        scenario.plane().on(new Event.Tick(scenario.nowNanos() + 19_000_000_000L));
        assertThat(scenario.plane().engines()).hasSize(1);
        scenario.plane().on(new Event.Tick(scenario.nowNanos() + 21_000_000_000L));
        assertThat(scenario.plane().engines()).isEmpty();
    }

    @Test
    void outcomesAreTalliedPerKnownPolicyAndTurnItsServo() {
        var scenario = ControlPlaneScenario.governed().running(8, LOOSE);
        scenario.finishing("standard", 9, 1, 5).answer();
        scenario.finishing("unheard-of", 2, 0, 0).answer();
        List<Tally> tallies =
                scenario.plane().engines().getFirst().answered().decision().next().tallies();
        assertThat(tallies).hasSize(1);
        Tally tally = tallies.getFirst();
        assertThat(tally.policy()).isEqualTo("standard");
        assertThat(tally.finished()).isEqualTo(10);
        assertThat(tally.missed()).isEqualTo(1);
        assertThat(tally.servo().priceGain()).isGreaterThan(AttainmentServo.INITIAL.priceGain());
    }

    @Test
    void servosGoOnWhereTheLastOwnerLeftThem() {
        var scenario = ControlPlaneScenario.governed().running(8, LOOSE);
        var left = new Tally("standard", 400, 3, new AttainmentServo(.002, 1.1, .05));
        scenario.plane().on(new Event.StateRestored(ENGINE, 0, List.of(left)));
        assertThat(scenario.answer().decision().next().tallies()).containsExactly(left);
    }

    @Test
    void explorationGoesOnWhereTheLastOwnerLeftIt() {
        var scenario = ControlPlaneScenario.exploring().running(1, LOOSE);
        scenario.plane().on(new Event.StateRestored(ENGINE, 17, List.of()));
        assertThat(scenario.answer().decision().next().exploration().steps()).isEqualTo(17);
    }
}
