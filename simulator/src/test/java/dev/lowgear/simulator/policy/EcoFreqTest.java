package dev.lowgear.simulator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.gear.GearReason;
import dev.lowgear.core.gear.Situation;
import dev.lowgear.core.gear.Situations;
import dev.lowgear.core.slo.SloTargets;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class EcoFreqTest {
    private final EcoFreq policy = new EcoFreq(0);

    private int chooses(Situation situation) {
        return policy.choose(situation).gear().clockMhz();
    }

    private static Situation promising(long tbtMillis) {
        var targets = new SloTargets(null, Duration.ofMillis(tbtMillis), null, null);
        return Seen.promising(targets, Seen.due(1_000)).build();
    }

    /** 10 ms / x: 14.03 ms at 1005 MHz, 12.88 at 1095, 10 at 1410. */
    @Test
    void takesTheLowestListedClockWithinTheTarget() {
        assertThat(chooses(promising(15))).isEqualTo(1_005);
        assertThat(chooses(promising(14))).isEqualTo(1_095);
        assertThat(chooses(promising(10))).isEqualTo(1_410);
    }

    @Test
    void takesTheHighestClockWhereNoneIsFastEnoughOrSomethingWaits() {
        assertThat(chooses(promising(9))).isEqualTo(1_410);
        Situation waiting =
                Seen.promising(SloTargets.STANDARD, Seen.due(1_000))
                        .with(Situations.load(8, 1))
                        .build();
        assertThat(chooses(waiting)).isEqualTo(1_410);
        assertThat(policy.choose(waiting).reason()).isEqualTo(GearReason.NOTHING_FEASIBLE);
    }

    /** Two chunks of 504 tokens: 2 · 60.4 ms / x, 169.5 ms at 1005 MHz, 141 at 1200. */
    @Test
    void prefillsWithinWhatIsLeftOfTheTimeToFirstToken() {
        assertThat(chooses(Seen.prefilling(1_008, 170, Seen.INTERACTIVE))).isEqualTo(1_005);
        assertThat(chooses(Seen.prefilling(1_008, 145, Seen.INTERACTIVE))).isEqualTo(1_200);
        assertThat(chooses(Seen.prefilling(1_008, 100, Seen.INTERACTIVE))).isEqualTo(1_410);
    }

    @Test
    void theMarginStretchesBothTargets() {
        var eager = new EcoFreq(.5);
        assertThat(eager.choose(promising(10)).gear().clockMhz()).isEqualTo(1_005);
        assertThat(eager.choose(Seen.prefilling(1_008, -800, Seen.INTERACTIVE)).gear().clockMhz())
                .as("1 s more than 2 s")
                .isEqualTo(1_005);
    }
}
