package dev.lowgear.simulator.policy;

import dev.lowgear.core.gear.GearPolicy;

import java.util.Optional;

/** Makes the policy of one run. */
public interface PolicyFactory {
    /** The name it is asked for by and reported under, for example {@code fixed-clock:1005}. */
    String name();

    /**
     * A policy that remembers nothing of other runs. It steers one engine: where a run has several,
     * it asks for one each.
     */
    GearPolicy create(RunContext context);

    /** Quantile of the predicted lengths that the projections it sees take for certain. */
    double lengthQuantile();

    /** Where its lengths come from; empty for where the run says. */
    default Optional<LengthSource> lengths() {
        return Optional.empty();
    }

    /** Whether it plans with inflated points ({@link LengthSource#inflated}), as throttLL'eM. */
    default boolean inflatesLengths() {
        return false;
    }

    /**
     * Whether it looks at projections beyond the next iteration. One that does not gets a single
     * segment, which costs a run next to nothing.
     */
    default boolean looksAhead() {
        return true;
    }
}
