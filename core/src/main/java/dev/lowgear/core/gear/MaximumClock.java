package dev.lowgear.core.gear;

/** Holds the highest allowed clock: how most fleets run, and what savings are measured against. */
public record MaximumClock() implements GearPolicy.Holding {
    @Override
    public String name() {
        return "maximum-clock";
    }

    @Override
    public GearChoice choose(ClockRange clocks) {
        return GearChoice.highest(
                clocks, GearReason.MAXIMUM_CLOCK, "policy maximum-clock holds the highest clock");
    }
}
