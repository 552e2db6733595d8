package dev.lowgear.core.gear;

import java.util.List;

/**
 * The gear a policy wants, and why.
 *
 * @param gear what it wants
 * @param reason why, as a code
 * @param words why, in words
 * @param binding what kept the clock from being lower
 * @param candidatesMhz clocks that were checked, in order
 */
public record GearChoice(
        Gear gear,
        GearReason reason,
        String words,
        BindingConstraint binding,
        List<Integer> candidatesMhz) {
    public GearChoice {
        candidatesMhz = List.copyOf(candidatesMhz);
    }

    /** A clock that was not searched for. */
    static GearChoice named(int clockMhz, GearReason reason, String words) {
        return new GearChoice(
                Gear.clock(clockMhz),
                reason,
                words,
                new BindingConstraint.PolicyNamed(words),
                List.of(clockMhz));
    }

    /** The highest allowed clock, whatever the load. */
    public static GearChoice highest(ClockRange clocks, GearReason reason, String words) {
        return named(clocks.highestMhz(), reason, words);
    }

    /** The lowest allowed clock, because nothing runs. */
    public static GearChoice idle(ClockRange clocks) {
        return new GearChoice(
                Gear.clock(clocks.lowestMhz()),
                GearReason.IDLE,
                "nothing runs",
                new BindingConstraint.LowestAllowed(clocks.lowestMhz()),
                List.of(clocks.lowestMhz()));
    }

    /** The same search with another result. */
    public GearChoice insteadAt(
            int clockMhz, GearReason otherReason, String otherWords, BindingConstraint binds) {
        return new GearChoice(
                new Gear(clockMhz, gear.paceMicros()),
                otherReason,
                otherWords,
                binds,
                candidatesMhz);
    }

    /** The same choice at another pace. */
    public GearChoice paced(long paceMicros) {
        return new GearChoice(
                new Gear(gear.clockMhz(), paceMicros), reason, words, binding, candidatesMhz);
    }
}
