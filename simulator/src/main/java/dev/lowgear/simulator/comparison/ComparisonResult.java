package dev.lowgear.simulator.comparison;

import dev.lowgear.simulator.run.RunResult;
import dev.lowgear.simulator.study.Contender;
import dev.lowgear.simulator.study.Interval;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * What a comparison came to. Savings are taken seed by seed against the maximum clock with the same
 * seed, differences seed by seed between two policies: what all policies of a seed have in common
 * does not widen their intervals.
 */
public final class ComparisonResult {
    /** The seed whose runs are shown over time. */
    static final long SHOWN_SEED = 1;

    private final ComparisonPlan plan;
    private final String workload;
    private final List<SeedSetup> seeds;
    private final List<ComparedRun> runs;

    ComparisonResult(
            ComparisonPlan plan, String workload, List<SeedSetup> seeds, List<ComparedRun> runs) {
        this.plan = plan;
        this.workload = workload;
        this.seeds = List.copyOf(seeds);
        this.runs = List.copyOf(runs);
    }

    ComparisonPlan plan() {
        return plan;
    }

    String workload() {
        return workload;
    }

    List<SeedSetup> seeds() {
        return seeds;
    }

    /** By load, seed and policy, in the order of the plan. */
    List<ComparedRun> runs() {
        return runs;
    }

    /** A policy's runs at a load, by seed. */
    List<ComparedRun> runs(Demand demand, String contender) {
        return runs.stream()
                .filter(run -> run.demand().equals(demand) && run.contender().equals(contender))
                .toList();
    }

    /** Energy saved against the maximum clock in the same place, in percent. */
    double saving(ComparedRun run) {
        ComparedRun usual = counterpart(run, Contender.MAXIMUM_CLOCK.name());
        return 100 * (1 - run.result().joules() / usual.result().joules());
    }

    private ComparedRun counterpart(ComparedRun run, String contender) {
        return runs(run.demand(), contender).stream()
                .filter(other -> other.seed() == run.seed())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no run of " + contender));
    }

    /** Energy saved against the maximum clock, in percent. */
    Interval saving(Demand demand, String contender) {
        return interval(demand, contender, this::saving);
    }

    /** Points of saving that one has more than another. */
    Interval difference(Demand demand, String contender, String other) {
        return interval(demand, contender, run -> saving(run) - saving(counterpart(run, other)));
    }

    private Interval interval(
            Demand demand, String contender, ToDoubleFunction<ComparedRun> value) {
        return Interval.of(runs(demand, contender).stream().mapToDouble(value).toArray());
    }

    /** Share of all requests of all seeds that met all their targets. */
    double attainment(Demand demand, String contender) {
        long requests = 0;
        long attained = 0;
        for (ComparedRun run : runs(demand, contender)) {
            requests += run.result().requests();
            attained += run.result().attained();
        }
        return requests == 0 ? 1 : (double) attained / requests;
    }

    /** Mean over seeds of a number that every run has; NaN if one has none. */
    double mean(Demand demand, String contender, ToDoubleFunction<RunResult> value) {
        OptionalDouble mean =
                runs(demand, contender).stream()
                        .map(ComparedRun::result)
                        .mapToDouble(value)
                        .average();
        return mean.orElse(Double.NaN);
    }

    /** Mean requests per second that arrived at a load, all engines together. */
    double requestsPerSecond(Demand demand) {
        return runs(demand, Contender.MAXIMUM_CLOCK.name()).stream()
                .mapToDouble(ComparedRun::requestsPerSecond)
                .average()
                .orElse(Double.NaN);
    }
}
