package dev.lowgear.core.gear;

/**
 * How the gear of an engine is chosen. Policies are pure: the same view gives the same choice.
 *
 * <p>Those that plan need a performance model and are asked only where one may steer; those that
 * hold a clock need nothing.
 */
public sealed interface GearPolicy {
    /** The name it is configured by, for example {@code throttllem}. */
    String name();

    /** Holds a clock whatever the load. */
    non-sealed interface Holding extends GearPolicy {
        /** The clock to hold, one of those allowed. */
        GearChoice choose(ClockRange clocks);
    }

    /** Plans from what is predicted. */
    non-sealed interface Planning extends GearPolicy {
        /** The gear for this situation, its clock one of those allowed. */
        GearChoice choose(Situation situation);
    }
}
