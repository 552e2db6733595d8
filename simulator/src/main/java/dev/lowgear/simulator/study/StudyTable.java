package dev.lowgear.simulator.study;

import dev.lowgear.simulator.study.StudyPlan.Trial;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A study so far: every cell with the seeds that all its contenders have finished, so that nobody
 * is compared over other requests than anybody else.
 *
 * @param plan what is studied
 * @param cells those with at least one such seed, in the order of the plan
 */
public record StudyTable(StudyPlan plan, List<CellResult> cells) {
    /** A cell counts in averages where the maximum clock reaches this: elsewhere nobody could. */
    public static final double WORTH_AVERAGING = 0.995;

    public StudyTable {
        cells = List.copyOf(cells);
    }

    static StudyTable of(StudyPlan plan, RunKeys keys, Function<String, @Nullable StudyRun> find) {
        List<CellResult> cells = new ArrayList<>();
        for (Cell cell : plan.cells()) {
            var result = new CellResult(cell);
            for (long seed = 1; seed <= plan.seeds(); seed++) {
                outcomes(plan, keys, find, new Trial(cell, seed))
                        .forEach((name, run) -> result.add(name, run.seed(), run));
            }
            if (result.seeds() > 0) {
                cells.add(result);
            }
        }
        return new StudyTable(plan, cells);
    }

    /** Everybody's run of a trial; none unless all have finished. */
    private static Map<String, StudyRun> outcomes(
            StudyPlan plan, RunKeys keys, Function<String, @Nullable StudyRun> find, Trial trial) {
        Map<String, StudyRun> outcomes = new LinkedHashMap<>();
        for (Contender contender : plan.contenders(trial.cell(), trial.seed())) {
            StudyRun run =
                    contender instanceof Contender.Swept swept
                            ? best(keys, find, trial, swept, outcomes)
                            : find.apply(keys.key(trial, contender, contender.name()));
            if (run == null) {
                return Map.of();
            }
            outcomes.put(contender.name(), run);
        }
        return outcomes;
    }

    private static @Nullable StudyRun best(
            RunKeys keys,
            Function<String, @Nullable StudyRun> find,
            Trial trial,
            Contender.Swept swept,
            Map<String, StudyRun> outcomes) {
        ClockSweep.Swept<StudyRun> sweep =
                new ClockSweep(trial.cell().engine().gpu().clocks())
                        .through(
                                mhz -> find.apply(keys.key(trial, swept, swept.policy(mhz))),
                                ClockSweep.Tried::of);
        if (!sweep.isWhole()) {
            return null;
        }
        return sweep.best().orElse(outcomes.get(Contender.MAXIMUM_CLOCK.name()));
    }

    /** The cells that averages are taken over, of those that a question is about. */
    public List<CellResult> eligible(Predicate<Cell> asked) {
        return cells.stream()
                .filter(result -> asked.test(result.cell()))
                .filter(result ->
                        result.attainment(Contender.MAXIMUM_CLOCK.name()).orElse(0)
                                >= WORTH_AVERAGING)
                .toList();
    }

    /** A number of a cell with a seed, if it has one. */
    interface OfCell {
        OptionalDouble of(CellResult cell, long seed);
    }

    /**
     * The average over cells of their means over seeds. Seeds are what is independent, a seed's
     * physics being shared by cells: the interval is over the averages of the seeds that every cell
     * has.
     */
    static Interval average(List<CellResult> cells, OfCell value) {
        List<Double> means = new ArrayList<>();
        Map<Long, List<Double>> bySeed = new TreeMap<>();
        for (CellResult cell : cells) {
            List<Double> values = new ArrayList<>();
            for (long seed : cell.runs(Contender.MAXIMUM_CLOCK.name()).keySet()) {
                value.of(cell, seed)
                        .ifPresent(one -> {
                            values.add(one);
                            bySeed.computeIfAbsent(seed, none -> new ArrayList<>()).add(one);
                        });
            }
            if (!values.isEmpty()) {
                means.add(mean(values));
            }
        }
        double[] whole =
                bySeed.values().stream()
                        .filter(values -> values.size() == means.size())
                        .mapToDouble(StudyTable::mean)
                        .toArray();
        return new Interval(mean(means), Interval.of(whole).halfWidth(), means.size());
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }
}
