package dev.lowgear.simulator.policy;

import dev.lowgear.core.gear.BindingConstraint;
import dev.lowgear.core.gear.ClockRange;
import dev.lowgear.core.gear.Gear;
import dev.lowgear.core.gear.GearChoice;
import dev.lowgear.core.gear.GearReason;

import java.util.List;

/** Choices of a clock by rules that other people published. */
final class Choices {
    private Choices() {}

    /** That clock, the lowest allowed one that is at least so high. */
    static GearChoice clock(ClockRange clocks, int mhz, GearReason reason, String words) {
        int chosen = clocks.atLeast(mhz);
        return new GearChoice(
                Gear.clock(chosen),
                reason,
                words,
                new BindingConstraint.PolicyNamed(words),
                List.of(chosen));
    }

    /** The lowest clock that a rule allows. */
    static GearChoice lowest(ClockRange clocks, int mhz, String words) {
        return clock(clocks, mhz, GearReason.LOWEST_FEASIBLE, words);
    }

    /** The highest clock, because no other will do. */
    static GearChoice highest(ClockRange clocks, String words) {
        return GearChoice.highest(clocks, GearReason.NOTHING_FEASIBLE, words);
    }
}
