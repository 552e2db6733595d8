package dev.lowgear.simulator.policy;

import dev.lowgear.core.gear.GearChoice;
import dev.lowgear.core.gear.GearPolicy;
import dev.lowgear.core.gear.GearReason;
import dev.lowgear.core.gear.Situation;

/**
 * One clock while anything runs or waits, the lowest while nothing does: a fixed clock with the
 * least that an administrator could add to it.
 *
 * @param clockMhz the clock; an engine that does not support it runs at the next higher one
 */
record FixedClockIdle(int clockMhz) implements GearPolicy.Planning {
    FixedClockIdle {
        if (clockMhz <= 0) {
            throw new IllegalArgumentException("a fixed clock is positive MHz, got " + clockMhz);
        }
    }

    @Override
    public String name() {
        return "fixed-clock-idle:" + clockMhz;
    }

    @Override
    public GearChoice choose(Situation situation) {
        return Choices.clock(
                situation.clocks(),
                clockMhz,
                GearReason.FIXED_CLOCK,
                "policy " + name() + " holds one clock while anything runs");
    }
}
