package dev.lowgear.core.gear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.slo.ClockBounds;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GearPoliciesTest {
    private static final ClockRange CLOCKS =
            ClockRange.of(ClockLadder.of(705, 1005, 1200, 1410), ClockBounds.ANY);

    @ParameterizedTest
    @ValueSource(strings = {"maximum-clock", "fixed-clock:1005", "throttllem"})
    void everyPolicyIsParsedFromItsOwnName(String name) {
        assertThat(GearPolicies.parse(name).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fixed-clock",
                "fixed-clock:",
                "fixed-clock:fast",
                "fixed-clock:-5",
                "x"
            })
    void unknownNameIsRefusedWithThoseThereAre(String name) {
        assertThatThrownBy(() -> GearPolicies.parse(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "lowgear, lowgear-clock-only, throttllem, maximum-clock,"
                                + " fixed-clock:<MHz>");
    }

    @Test
    void fixedClockOfZeroIsRefused() {
        assertThatThrownBy(() -> GearPolicies.parse("fixed-clock:0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("positive");
    }

    @Test
    void fixedClockTakesTheNextSupportedOne() {
        assertThat(new FixedClock(1000).choose(CLOCKS).gear()).isEqualTo(Gear.clock(1005));
        assertThat(new FixedClock(2000).choose(CLOCKS).gear()).isEqualTo(Gear.clock(1410));
        assertThat(new FixedClock(100).choose(CLOCKS).gear()).isEqualTo(Gear.clock(705));
    }

    @Test
    void boundsHoldForPoliciesThatHoldAClock() {
        var bounded = ClockRange.of(CLOCKS.ladder(), new ClockBounds(900, 1300));
        assertThat(new MaximumClock().choose(bounded).gear()).isEqualTo(Gear.clock(1200));
        assertThat(new FixedClock(705).choose(bounded).gear()).isEqualTo(Gear.clock(1005));
    }
}
