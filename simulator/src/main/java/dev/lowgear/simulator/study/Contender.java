package dev.lowgear.simulator.study;

import dev.lowgear.simulator.hindsight.Reference;
import dev.lowgear.simulator.policy.LengthSource;
import dev.lowgear.simulator.policy.Policies;

import java.util.List;
import java.util.Optional;

/** What takes part in a comparison. */
public sealed interface Contender {
    /** What it is reported as, and what {@link #parse} reads. */
    String name();

    /**
     * A policy, served once a seed.
     *
     * @param name of the policy, with {@code @} and where its lengths come from if not learned
     */
    record Governed(String name) implements Contender {
        /** The policy's name alone. */
        public String policy() {
            int at = name.indexOf('@');
            return at < 0 ? name : name.substring(0, at);
        }

        /** Where its lengths come from in a study. */
        LengthSource lengths() {
            return lengths(LengthSource.LEARNED);
        }

        /** Where its lengths come from: {@code otherwise} if its name does not say. */
        public LengthSource lengths(LengthSource otherwise) {
            int at = name.indexOf('@');
            return at < 0 ? otherwise : LengthSource.parse(name.substring(at + 1));
        }
    }

    /**
     * A clock chosen in hindsight: every run its cheapest one that keeps 99 %, the maximum clock if
     * none does.
     *
     * @param name of the policy whose parameter is the clock
     */
    record Swept(String name) implements Contender {
        /** The policy that holds that clock. */
        public String policy(int clockMhz) {
            return name + ":" + clockMhz;
        }
    }

    /**
     * What knows the future: a schedule that is searched, or a bound.
     *
     * @param reference which one
     */
    record InHindsight(Reference reference) implements Contender {
        @Override
        public String name() {
            return reference.option();
        }

        /** Whether it takes as long as it is given. */
        public boolean isSearched() {
            return reference != Reference.RELAXED_BOUND;
        }
    }

    /** Policies whose clock is chosen in hindsight. */
    List<String> SWEPT = List.of("fixed-clock", "fixed-clock-idle");

    /** What everybody's savings are measured against. */
    Contender MAXIMUM_CLOCK = new Governed("maximum-clock");

    /**
     * The contender of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Contender parse(String name) {
        Optional<Reference> reference = Reference.named(name);
        if (reference.isPresent()) {
            return new InHindsight(reference.get());
        }
        if (SWEPT.contains(name)) {
            return new Swept(name);
        }
        var governed = new Governed(name);
        try {
            Policies.parse(governed.policy());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    String.join(
                            ", ",
                            String.valueOf(e.getMessage()),
                            String.join(", ", SWEPT),
                            String.join(", ", Reference.names())),
                    e);
        }
        governed.lengths();
        return governed;
    }
}
