package dev.lowgear.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.Seeds;
import dev.lowgear.core.gear.Gear;
import dev.lowgear.core.gear.GearPolicies;
import dev.lowgear.core.gear.GearReason;
import dev.lowgear.core.slo.ClockBounds;
import dev.lowgear.core.slo.EnergyMode;
import dev.lowgear.core.slo.JointPolicy;
import dev.lowgear.core.slo.Margins;
import dev.lowgear.core.slo.SloPolicy;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random minutes of an engine: invariants after every event, and every input decides again alike.
 */
class ReplayTest {
    private static SloPolicy named(String name, SplittableRandom random) {
        int floor = random.nextInt(1_500);
        return ControlPlaneScenario.policy(
                name,
                random.nextInt(4) == 0 ? EnergyMode.OFF : EnergyMode.ENERGY,
                new ClockBounds(floor, floor + random.nextInt(1, 1_000)),
                new Margins(1, random.nextDouble(1, 3)));
    }

    private static ControlPlaneScenario randomMinute(long seed) {
        var random = new SplittableRandom(seed);
        ControlPlaneScenario scenario =
                switch (random.nextInt(3)) {
                    case 0 -> ControlPlaneScenario.exploring();
                    case 1 -> ControlPlaneScenario.unpredictable();
                    default -> ControlPlaneScenario.governed();
                };
        for (int i = 0; i < 120; i++) {
            step(scenario, random);
            scenario.later(Duration.ofMillis(random.nextInt(1, 700))).observed();
        }
        return scenario;
    }

    private static void step(ControlPlaneScenario scenario, SplittableRandom random) {
        switch (random.nextInt(12)) {
            case 0 -> scenario.idle();
            case 1 -> scenario.waiting(random.nextInt(5));
            case 2 -> scenario.lost(random.nextInt(2));
            case 3 -> scenario.reflexed();
            case 4 -> scenario.with(named("gold", random));
            case 5 -> scenario.running(4, Duration.ofSeconds(9)).underPolicies("gold", "standard");
            case 6 -> scenario.underPolicies("never-heard-of");
            case 7 ->
                    scenario.published(
                            LearnedTables.seenFrom(
                                    random.nextInt(210, 1_400), ControlPlaneScenario.A100, 1));
            case 8 -> scenario.restarted();
            case 9 -> scenario.finishing("standard", random.nextInt(5), random.nextInt(2), 1);
            default ->
                    scenario.running(
                            random.nextInt(1, 64),
                            Duration.ofMillis(random.nextLong(-1_000, 30_000)));
        }
    }

    @Seeds(count = 30)
    void recordedInputsDecideAlikeBitForBit(SplittableRandom random) {
        long seed = random.nextLong();
        List<Answer> answers = randomMinute(seed).answers();
        var again = new EngineControl(GearPolicies.parse("throttllem"), ControlTiming.STANDARD);
        for (Answer answer : answers) {
            Decision replayed = again.decide(answer.input());
            assertThat(replayed).isEqualTo(answer.decision());
            assertThat(replayed.toString()).isEqualTo(answer.decision().toString());
        }
        assertThat(answers).hasSizeGreaterThan(50);
    }

    @Seeds(count = 10)
    void sameMinuteHasTheSameAnswers(SplittableRandom random) {
        long seed = random.nextLong();
        assertThat(randomMinute(seed).answers()).isEqualTo(randomMinute(seed).answers());
    }

    @Seeds(count = 10)
    void clockIsNeverLoweredTwiceWithinTheRhythmUnlessIdleOrWaiting(SplittableRandom random) {
        List<Answer> answers = randomMinute(random.nextLong()).answers();
        for (Answer answer : answers) {
            Told told = answer.input().state().told();
            Gear gear = answer.decision().choice().gear();
            boolean recent =
                    answer.input().nowNanos() - told.changedAtNanos() < 100_000_000L
                            && !told.gear().hasDefaultClock();
            boolean bound =
                    answer.decision().choice().reason() != GearReason.IDLE
                            && answer.input().observation().load().waiting() == 0
                            && answer.decision().choice().reason() != GearReason.ENERGY_MODE_OFF
                            && gear.clockMhz() < told.gear().clockMhz();
            if (recent && bound) {
                var joint = JointPolicy.of(answer.input().policies());
                assertThat(told.gear().clockMhz()).isGreaterThan(joint.clocks().ceilingMhz());
            }
        }
    }
}
