package dev.lowgear.simulator.study;

import dev.lowgear.simulator.hindsight.Levers;
import dev.lowgear.simulator.policy.LengthSource;
import dev.lowgear.simulator.policy.Policies;

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
        String policy() {
            int at = name.indexOf('@');
            return at < 0 ? name : name.substring(0, at);
        }

        /** Where its lengths come from. */
        LengthSource lengths() {
            int at = name.indexOf('@');
            return at < 0 ? LengthSource.LEARNED : LengthSource.parse(name.substring(at + 1));
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
        String policy(int clockMhz) {
            return name + ":" + clockMhz;
        }
    }

    /**
     * The best schedule found with the future known.
     *
     * @param name it is reported as
     * @param levers what it may move
     */
    record Foreseeing(String name, Levers levers) implements Contender {}

    /** Energy below which nobody serves the traffic. */
    record Bound() implements Contender {
        @Override
        public String name() {
            return "relaxed-bound";
        }
    }

    /** What everybody's savings are measured against. */
    Contender MAXIMUM_CLOCK = new Governed("maximum-clock");

    /**
     * The contender of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Contender parse(String name) {
        return switch (name) {
            case "fixed-clock", "fixed-clock-idle" -> new Swept(name);
            case "clairvoyant" -> new Foreseeing(name, Levers.CLOCK_AND_PACE);
            case "clairvoyant-clock-only" -> new Foreseeing(name, Levers.CLOCK);
            case "relaxed-bound" -> new Bound();
            default -> {
                var governed = new Governed(name);
                Policies.parse(governed.policy());
                governed.lengths();
                yield governed;
            }
        };
    }
}
