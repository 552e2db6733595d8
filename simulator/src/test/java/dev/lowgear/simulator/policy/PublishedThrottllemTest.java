package dev.lowgear.simulator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.gear.GearChoice;
import dev.lowgear.core.gear.GearReason;

import org.junit.jupiter.api.Test;

class PublishedThrottllemTest {
    /** 100 iterations of 10 ms / x in 4 s: x ≥ .25, 352.5 MHz, and 360 is the next clock. */
    @Test
    void takesTheLowestClockThatKeepsTheDeadline() {
        GearChoice choice = PublishedThrottllem.asPublished().choose(Seen.due(4_000).build());
        assertThat(choice.gear().clockMhz()).isEqualTo(360);
        assertThat(choice.reason()).isEqualTo(GearReason.LOWEST_FEASIBLE);
    }

    @Test
    void knowsNoKneeAndGoesBelowTheClockOfLeastEnergy() {
        GearChoice choice = PublishedThrottllem.asPublished().choose(Seen.due(60_000).build());
        assertThat(choice.gear().clockMhz()).isEqualTo(210);
    }

    @Test
    void holdsTheHighestClockWhileARequestIsLostOrNoneWouldDo() {
        var policy = PublishedThrottllem.asPublished();
        GearChoice lost = policy.choose(Seen.due(4_000).lost(1).build());
        assertThat(lost.gear().clockMhz()).isEqualTo(1_410);
        assertThat(lost.reason()).isEqualTo(GearReason.LOST_REQUEST);
        GearChoice late = policy.choose(Seen.due(999).build());
        assertThat(late.gear().clockMhz()).isEqualTo(1_410);
        assertThat(late.reason()).isEqualTo(GearReason.NOTHING_FEASIBLE);
    }

    @Test
    void asPublishedItLearnsNothingFromMisses() {
        var policy = PublishedThrottllem.asPublished();
        Seen.miss(policy);
        assertThat(policy.choose(Seen.due(4_000).build()).gear().clockMhz()).isEqualTo(360);
    }

    /** The margin begins at 1.3: x ≥ .325, 458.25 MHz. */
    @Test
    void withOurServoItKeepsAMarginThatMissesRaise() {
        var policy = PublishedThrottllem.reaching(.99);
        int before = policy.choose(Seen.due(4_000).build()).gear().clockMhz();
        assertThat(before).isEqualTo(465);
        for (int i = 0; i < 10; i++) {
            Seen.miss(policy);
        }
        int after = policy.choose(Seen.due(4_000).build()).gear().clockMhz();
        assertThat(after).isGreaterThan(800);
        Seen.finish(policy, 3_000, 100);
        assertThat(policy.choose(Seen.due(4_000).build()).gear().clockMhz()).isLessThan(before);
    }
}
