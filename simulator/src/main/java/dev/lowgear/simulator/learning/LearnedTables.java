package dev.lowgear.simulator.learning;

import dev.lowgear.simulator.run.PlannerTable;
import dev.lowgear.simulator.run.Specimen;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The tables of planners, each made once however many runs ask for it, from any thread. */
public final class LearnedTables {
    /** Where a planner's table comes from. */
    public enum Source {
        /** From telemetry, as live. */
        LEARNED,
        /** From the physics itself: what learning could come to at best. */
        PHYSICS;

        /** The name used on the command line. */
        public String option() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * The source of that name.
         *
         * @throws IllegalArgumentException naming those there are
         */
        public static Source parse(String option) {
            return Arrays.stream(values())
                    .filter(source -> source.option().equals(option))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalArgumentException(
                                    "a table is learned or physics, got '" + option + "'"));
        }
    }

    private final Map<Specimen, LearnedTable> learned = new ConcurrentHashMap<>();
    private final Map<Specimen, PlannerTable> physics = new ConcurrentHashMap<>();

    /** The table of that specimen's planner. */
    public PlannerTable planner(Source source, Specimen specimen) {
        return switch (source) {
            case LEARNED -> learned(specimen).planner();
            case PHYSICS -> physics.computeIfAbsent(specimen, PlannerTable::ofPhysics);
        };
    }

    /** What was learned of that specimen. */
    public LearnedTable learned(Specimen specimen) {
        return learned.computeIfAbsent(specimen, LearnedTable::of);
    }
}
