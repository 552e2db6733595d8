package dev.lowgear.simulator.hindsight;

import dev.lowgear.core.physics.EngineEnergy;
import dev.lowgear.core.physics.EnginePhysics;
import dev.lowgear.simulator.run.GearUse;
import dev.lowgear.simulator.run.Promises;
import dev.lowgear.simulator.run.Quantiles;
import dev.lowgear.simulator.run.RunResult;
import dev.lowgear.simulator.run.RunSetup;
import dev.lowgear.simulator.run.Traffic;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What policies are measured against that is none itself: it knows the traffic to its end. */
public enum Reference {
    /** The best schedule found with both levers. */
    CLAIRVOYANT("clairvoyant"),
    /** The best schedule found with the clock alone. */
    CLAIRVOYANT_CLOCK_ONLY("clairvoyant-clock-only"),
    /** Energy below which no policy serves the traffic; it promises nothing and keeps it all. */
    RELAXED_BOUND("relaxed-bound");

    private static final long[] NONE = {};

    private final String option;

    Reference(String option) {
        this.option = option;
    }

    /** The one of that name, if there is one. */
    public static Optional<Reference> named(String option) {
        return Arrays.stream(values())
                .filter(reference -> reference.option.equals(option))
                .findFirst();
    }

    /** Their names. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Reference::option).toList();
    }

    /** How it is asked for and reported. */
    public String option() {
        return option;
    }

    /**
     * What it comes to, in the terms of a run of the same setup: the same specimen, promises and
     * time. The policy, lengths and table of the setup play no part.
     *
     * @param searchSeconds see {@link Clairvoyant}
     * @throws IllegalArgumentException if there are several engines, or a TBT tail is promised and
     *     a schedule searched
     */
    public RunResult run(RunSetup setup, Traffic traffic, int searchSeconds) {
        if (setup.engines() != 1) {
            throw new IllegalArgumentException(
                    option + " is of one engine, not of " + setup.engines());
        }
        EnginePhysics physics = setup.specimen().physics();
        double seconds = traffic.length().plus(setup.drain()).toNanos() / 1e9;
        return switch (this) {
            case CLAIRVOYANT ->
                    new Clairvoyant(Levers.CLOCK_AND_PACE, searchSeconds)
                            .search(physics, setup.slo(), traffic.requests(), seconds)
                            .run();
            case CLAIRVOYANT_CLOCK_ONLY ->
                    new Clairvoyant(Levers.CLOCK, searchSeconds)
                            .search(physics, setup.slo(), traffic.requests(), seconds)
                            .run();
            case RELAXED_BOUND -> bound(physics, traffic, seconds);
        };
    }

    private RunResult bound(EnginePhysics physics, Traffic traffic, double seconds) {
        double joules = RelaxedBound.joules(physics, traffic.requests(), seconds);
        int lowestMhz = physics.profile().gpu().clocks().lowest();
        double idle = seconds * physics.restWatts(lowestMhz);
        int all = traffic.requests().size();
        long tokens = 0;
        for (var request : traffic.requests()) {
            tokens += request.outputTokens();
        }
        return new RunResult(
                option,
                seconds,
                new Promises(all, all, all, all, all, all, 0),
                new EngineEnergy(joules - idle, 0, idle),
                tokens,
                Quantiles.ofNanos(NONE, 0),
                Quantiles.ofNanos(NONE, 0),
                Quantiles.ofNanos(NONE, 0),
                new GearUse(0, 0, 0, lowestMhz, 0, 0, 0),
                joules / seconds,
                0,
                Map.of(),
                Optional.empty());
    }
}
