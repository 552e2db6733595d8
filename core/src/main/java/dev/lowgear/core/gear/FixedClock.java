package dev.lowgear.core.gear;

/**
 * Holds one clock, idle or not, as an administrator would with {@code nvidia-smi -lgc}.
 *
 * @param clockMhz the clock; an engine that does not support it runs at the next higher one
 */
public record FixedClock(int clockMhz) implements GearPolicy.Holding {
    public FixedClock {
        if (clockMhz <= 0) {
            throw new IllegalArgumentException("a fixed clock is positive MHz, got " + clockMhz);
        }
    }

    @Override
    public String name() {
        return "fixed-clock:" + clockMhz;
    }

    @Override
    public GearChoice choose(ClockRange clocks) {
        return GearChoice.named(
                clocks.atLeast(clockMhz),
                GearReason.FIXED_CLOCK,
                "policy " + name() + " holds one clock");
    }
}
