package dev.lowgear.simulator.comparison;

import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.slo.Target;
import dev.lowgear.simulator.study.Contender;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is compared. Everything in it that cannot be is refused when it is made, before any work.
 *
 * @param profile of every engine
 * @param engines that share the traffic, each request going to the one with the fewest
 * @param demands at which all policies are run, each of one kind
 * @param promised to every request
 * @param contenders who takes part, the maximum clock first, whoever else is named
 * @param knowledge of planners
 * @param extent of the comparison
 */
public record ComparisonPlan(
        EngineProfile profile,
        int engines,
        List<Demand> demands,
        Promised promised,
        List<Contender> contenders,
        Knowledge knowledge,
        Extent extent) {
    private static final int MOST_ENGINES = 1_000;
    private static final long MOST_REQUESTS = 5_000_000;

    public ComparisonPlan {
        if (engines < 1 || engines > MOST_ENGINES) {
            throw new IllegalArgumentException("engines are 1 to 1000, got " + engines);
        }
        if ((long) engines * extent.requests() > MOST_REQUESTS) {
            throw new IllegalArgumentException(
                    "a run has at most 5000000 requests, got %d engines × %d"
                            .formatted(engines, extent.requests()));
        }
        demands = List.copyOf(demands);
        if (demands.isEmpty()) {
            throw new IllegalArgumentException("a comparison has at least one load");
        }
        requireDistinct(demands.stream().map(Demand::label).toList());
        contenders = maximumClockFirst(contenders);
        requireDistinct(contenders.stream().map(Contender::name).toList());
        for (Contender contender : contenders) {
            if (contender instanceof Contender.InHindsight knowing) {
                requirePossible(knowing, engines, promised);
            }
        }
    }

    private static List<Contender> maximumClockFirst(List<Contender> named) {
        if (named.isEmpty()) {
            throw new IllegalArgumentException("a comparison has at least one policy");
        }
        List<Contender> all = new ArrayList<>(List.of(Contender.MAXIMUM_CLOCK));
        boolean left = false;
        for (Contender contender : named) {
            if (contender.equals(Contender.MAXIMUM_CLOCK) && !left) {
                left = true;
            } else {
                all.add(contender);
            }
        }
        return List.copyOf(all);
    }

    private static void requireDistinct(List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new IllegalArgumentException(name + " is named twice");
            }
        }
    }

    private static void requirePossible(
            Contender.InHindsight knowing, int engines, Promised promised) {
        if (engines != 1) {
            throw new IllegalArgumentException(
                    knowing.name() + " is of one engine, not of " + engines);
        }
        if (knowing.isSearched()
                && promised instanceof Promised.Written written
                && written.slo().targets().nanos(Target.TBT_TAIL) != Long.MAX_VALUE) {
            throw new IllegalArgumentException(
                    knowing.name() + " cannot promise a tail of the gaps between tokens");
        }
    }

    /**
     * Whose savings others are compared with: the first one named that is not the maximum clock.
     */
    public Contender first() {
        return contenders.get(Math.min(1, contenders.size() - 1));
    }

    /** How many times traffic is served, a sweep and a search counting once. */
    public int runs() {
        return demands.size() * extent.seeds() * contenders.size();
    }
}
