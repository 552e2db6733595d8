package dev.lowgear.simulator.study;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is known of a cell: the runs of its contenders over the seeds that all have finished. */
public final class CellResult {
    private final Cell cell;
    private final Map<String, SortedMap<Long, StudyRun>> runs = new LinkedHashMap<>();

    CellResult(Cell cell) {
        this.cell = cell;
    }

    void add(String contender, long seed, StudyRun run) {
        runs.computeIfAbsent(contender, name -> new TreeMap<>()).put(seed, run);
    }

    /** Which one. */
    public Cell cell() {
        return cell;
    }

    /** A contender's runs by seed; for a swept one those of the clock that was best. */
    SortedMap<Long, StudyRun> runs(String contender) {
        return Collections.unmodifiableSortedMap(runs.getOrDefault(contender, new TreeMap<>()));
    }

    /** Who has runs, in the order of the plan. */
    Iterable<String> contenders() {
        return runs.keySet();
    }

    /** How many seeds all contenders have finished. */
    public int seeds() {
        return runs(Contender.MAXIMUM_CLOCK.name()).size();
    }

    /** Requests of all those seeds. */
    public int requests() {
        return runs(Contender.MAXIMUM_CLOCK.name()).values().stream()
                .mapToInt(run -> run.measured().requests())
                .sum();
    }

    /** Share of all requests over all seeds that met all their targets; empty without a run. */
    public OptionalDouble attainment(String contender) {
        int requests = 0;
        int attained = 0;
        for (StudyRun run : runs(contender).values()) {
            requests += run.measured().requests();
            attained += run.measured().attained();
        }
        return requests == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) attained / requests);
    }

    /** Energy saved against the maximum clock with a seed, in percent. */
    OptionalDouble saving(String contender, long seed) {
        StudyRun usual = runs(Contender.MAXIMUM_CLOCK.name()).get(seed);
        StudyRun run = runs(contender).get(seed);
        return usual == null || run == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(100 * (1 - joules(run) / joules(usual)));
    }

    /** Energy saved against the maximum clock, in percent, over the seeds it has. */
    public Optional<Interval> saving(String contender) {
        return interval(contender, seed -> saving(contender, seed));
    }

    /** Points that one saves more than another with the same seeds. */
    public Optional<Interval> difference(String contender, String other) {
        return interval(contender, seed -> difference(contender, other, seed));
    }

    OptionalDouble difference(String contender, String other, long seed) {
        OptionalDouble one = saving(contender, seed);
        OptionalDouble two = saving(other, seed);
        return one.isEmpty() || two.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(one.getAsDouble() - two.getAsDouble());
    }

    /** Energy above another's with the same seeds, in percent of the other's. */
    public Optional<Interval> excess(String contender, String other) {
        return interval(
                contender,
                seed -> {
                    StudyRun one = runs(contender).get(seed);
                    StudyRun two = runs(other).get(seed);
                    return one == null || two == null
                            ? OptionalDouble.empty()
                            : OptionalDouble.of(100 * (joules(one) / joules(two) - 1));
                });
    }

    private static double joules(StudyRun run) {
        return run.measured().joules();
    }

    /** A number that a seed has, or not. */
    interface PerSeed {
        OptionalDouble of(long seed);
    }

    private Optional<Interval> interval(String contender, PerSeed value) {
        double[] values =
                runs(contender).keySet().stream()
                        .map(value::of)
                        .filter(OptionalDouble::isPresent)
                        .mapToDouble(OptionalDouble::getAsDouble)
                        .toArray();
        return values.length == 0 ? Optional.empty() : Optional.of(Interval.of(values));
    }
}
