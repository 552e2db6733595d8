package dev.lowgear.simulator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.gear.GearReason;
import dev.lowgear.core.gear.Situation;

import org.junit.jupiter.api.Test;

class SlackPidTest {
    private static final SlackPid.Tuning TUNING = new SlackPid.Tuning(.5, .3, .5, 0, .65);

    private final SlackPid policy = new SlackPid(TUNING);

    private int after(int times, Situation situation) {
        int mhz = 0;
        for (int i = 0; i < times; i++) {
            mhz = policy.choose(situation).gear().clockMhz();
        }
        return mhz;
    }

    /** 1 s of iterations at the highest clock: half of the time left is used at x = 2 s / left. */
    @Test
    void settlesWhereTheTightestDeadlineUsesItsShare() {
        assertThat(after(400, Seen.due(2_400).build())).isBetween(1_170, 1_195);
        assertThat(policy.choose(Seen.due(2_400).build()).reason()).isEqualTo(GearReason.FEEDBACK);
    }

    @Test
    void raisesTheClockWhenADeadlineSlips() {
        int easy = after(400, Seen.due(2_800).build());
        int slipped = after(1, Seen.due(1_500).build());
        assertThat(slipped).isGreaterThan(easy);
        assertThat(after(100, Seen.due(1_500).build())).isEqualTo(1_410);
    }

    @Test
    void staysAboveItsFloorAndComesBackWithoutWindup() {
        assertThat(after(1_000, Seen.due(60_000).build())).isBetween(900, 930);
        assertThat(after(20, Seen.due(1_000).build())).isEqualTo(1_410);
    }

    @Test
    void startsAtTheHighestClock() {
        assertThat(after(1, Seen.due(2_000).build())).isEqualTo(1_410);
    }
}
