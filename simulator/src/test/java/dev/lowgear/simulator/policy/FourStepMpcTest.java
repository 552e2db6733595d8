package dev.lowgear.simulator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.gear.Situation;
import dev.lowgear.core.observation.EngineLoad;
import dev.lowgear.core.slo.SloTargets;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** Its ten clocks are 210, 345, 480, 615, 750, 870, 1005, 1140, 1275 and 1410 MHz, as its own. */
class FourStepMpcTest {
    private static Situation promising(long tbtMillis) {
        var targets = new SloTargets(null, Duration.ofMillis(tbtMillis), null, null);
        return Seen.promising(targets, Seen.due(1_000)).build();
    }

    private static int chooses(FourStepMpc.Objective objective, Situation situation) {
        return new FourStepMpc(objective, 1).choose(situation).gear().clockMhz();
    }

    /** Energy is least at 890 MHz, power at the lowest clock whose 10 ms / x the target allows. */
    @Test
    void stopsAtTheKneeForEnergyAndAtTheTargetForPower() {
        assertThat(chooses(FourStepMpc.Objective.ENERGY, promising(60))).isEqualTo(870);
        assertThat(chooses(FourStepMpc.Objective.POWER, promising(60))).isEqualTo(345);
        assertThat(chooses(FourStepMpc.Objective.ENERGY, promising(13))).isEqualTo(1_140);
        assertThat(chooses(FourStepMpc.Objective.POWER, promising(13))).isEqualTo(1_140);
    }

    @Test
    void takesTheHighestClockWhereNoneKeepsTheTargetOrTheCacheIsFull() {
        assertThat(chooses(FourStepMpc.Objective.POWER, promising(9))).isEqualTo(1_410);
        Situation full =
                Seen.due(1_000)
                        .with(new EngineLoad(8, 0, 0, 90_000, 100_000, 0, .5, 1, 300, 1))
                        .build();
        assertThat(chooses(FourStepMpc.Objective.POWER, full)).isEqualTo(1_410);
    }

    /**
     * Two chunks of 504: 2 · 60.4 ms / x ≤ 150 ms at 1140 MHz and above, at most one step lower.
     */
    @Test
    void prefillsWithinWhatIsLeftOfTheTimeToFirstToken() {
        var firstOnly = new SloTargets(Duration.ofSeconds(2), null, null, null);
        int relaxed =
                chooses(FourStepMpc.Objective.POWER, Seen.prefilling(1_008, 1_000, firstOnly));
        int tight = chooses(FourStepMpc.Objective.POWER, Seen.prefilling(1_008, 150, firstOnly));
        assertThat(relaxed).isLessThanOrEqualTo(345);
        assertThat(tight).isBetween(1_005, 1_140);
        assertThat(chooses(FourStepMpc.Objective.POWER, Seen.prefilling(1_008, 120, firstOnly)))
                .as("too late even at the highest clock")
                .isEqualTo(1_410);
    }
}
