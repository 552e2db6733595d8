package dev.lowgear.simulator.comparison;

import static java.util.Objects.requireNonNull;

import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.core.slo.SloTargets;
import dev.lowgear.simulator.learning.LearnedTables;
import dev.lowgear.simulator.policy.LengthSource;
import dev.lowgear.simulator.policy.Policies;
import dev.lowgear.simulator.run.EngineRun;
import dev.lowgear.simulator.run.RunResult;
import dev.lowgear.simulator.run.RunSetup;
import dev.lowgear.simulator.run.Specimen;
import dev.lowgear.simulator.run.Traffic;
import dev.lowgear.simulator.study.ClockSweep;
import dev.lowgear.simulator.study.Contender;
import dev.lowgear.simulator.study.Saturation;
import dev.lowgear.simulator.study.Saturations;
import dev.lowgear.simulator.study.Workload;
import dev.lowgear.simulator.trace.TraceShaping;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Serves the same traffic under every policy. First it finds for every seed what its engines can
 * serve and what their planners know, then it runs every policy at every load with every seed.
 * Several runs at a time; what a run comes to depends on nothing but itself.
 */
public final class Comparison {
    /** Told how far a comparison is, from several threads. */
    public interface Progress {
        /** So many seeds of all are ready to be run. */
        void prepared(int seeds, int all);

        /** So many runs of all are done. */
        void ran(int runs, int all);
    }

    /** Where nearly all of a trace would be left out, and where time would nearly stand still. */
    private static final double LOWEST_RATE = 1e-4;

    private static final double HIGHEST_RATE = 1000;

    private final ComparisonPlan plan;
    private final Workload workload;
    private final Saturations saturations;
    private final LearnedTables tables = new LearnedTables();

    /** One that runs {@code workload} as planned, with saturations that may be known already. */
    public Comparison(ComparisonPlan plan, Workload workload, Saturations saturations) {
        this.plan = plan;
        this.workload = workload;
        this.saturations = saturations;
    }

    /**
     * Runs everything.
     *
     * @param threads how many runs at a time
     * @throws UnservableException if what is promised cannot be kept at any rate, or the trace
     *     would have to be thinned or compressed beyond all measure
     */
    public ComparisonResult run(int threads, Progress progress) throws InterruptedException {
        plan.demands().forEach(this::requireServable);
        try (var workers =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().daemon().name("simulate-", 0).factory())) {
            var prepared = new AtomicInteger();
            List<Callable<SeedSetup>> preparing = new ArrayList<>();
            for (long seed = 1; seed <= plan.extent().seeds(); seed++) {
                long one = seed;
                preparing.add(() -> {
                    SeedSetup setup = prepare(one);
                    progress.prepared(prepared.incrementAndGet(), plan.extent().seeds());
                    return setup;
                });
            }
            List<SeedSetup> setups = all(workers, preparing);
            var ran = new AtomicInteger();
            List<Callable<ComparedRun>> running = new ArrayList<>();
            for (Demand demand : plan.demands()) {
                for (SeedSetup setup : setups) {
                    for (Contender contender : plan.contenders()) {
                        running.add(() -> {
                            ComparedRun run = run(contender, demand, setup);
                            progress.ran(ran.incrementAndGet(), plan.runs());
                            return run;
                        });
                    }
                }
            }
            return new ComparisonResult(plan, workload.name(), setups, all(workers, running));
        }
    }

    private static <T> List<T> all(ExecutorService workers, List<Callable<T>> tasks)
            throws InterruptedException {
        List<Future<T>> futures = tasks.stream().map(workers::submit).toList();
        List<T> results = new ArrayList<>();
        try {
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException | ExecutionException e) {
            // without interrupts, which would close the file of saturations under a line
            futures.forEach(future -> future.cancel(false));
            if (e instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            if (e.getCause() instanceof UnservableException unservable) {
                throw unservable;
            }
            throw new IllegalStateException("a simulated run failed", e.getCause());
        }
    }

    private SeedSetup prepare(long seed) {
        Specimen specimen = Specimen.of(plan.profile(), seed);
        SloPolicy slo = plan.promised().policy(workload, specimen, saturations);
        boolean relative = plan.demands().stream().anyMatch(one -> one.load().isPresent());
        return new SeedSetup(
                specimen,
                slo,
                relative ? saturation(specimen, slo.targets()) : null,
                tables.planner(plan.knowledge().table(), specimen));
    }

    private Saturation saturation(Specimen specimen, SloTargets targets) {
        try {
            return saturations.of(workload, specimen, targets);
        } catch (IllegalArgumentException e) {
            throw new UnservableException(String.valueOf(e.getMessage()));
        }
    }

    private ComparedRun run(Contender contender, Demand demand, SeedSetup setup) {
        double rate = rate(demand, setup);
        TraceShaping.Clipped arrivals =
                workload.arrivals(
                        plan.profile(),
                        rate,
                        Workload.offset(setup.seed()),
                        plan.extent().requests() * plan.engines(),
                        setup.seed());
        Traffic traffic = Traffic.of(arrivals.requests());
        long begun = System.nanoTime();
        RunResult result = serve(contender, setup, traffic);
        return new ComparedRun(
                contender.name(),
                demand,
                setup.seed(),
                rate * workload.requestsPerSecond(),
                arrivals.clipped(),
                result,
                (System.nanoTime() - begun) / 1e9);
    }

    /** As a multiple of the trace's. */
    private double rate(Demand demand, SeedSetup setup) {
        return switch (demand) {
            case Demand.Load load ->
                    servable(
                            load,
                            load.fraction()
                                    * requireNonNull(setup.saturation()).rate()
                                    * plan.engines());
            case Demand.Rate asked -> rate(asked);
        };
    }

    private double rate(Demand.Rate asked) {
        return servable(asked, asked.requestsPerSecond() / workload.requestsPerSecond());
    }

    /** Refuses before any work what can be known before it. */
    private void requireServable(Demand demand) {
        if (demand instanceof Demand.Rate asked) {
            rate(asked);
        }
    }

    private double servable(Demand demand, double rate) {
        if (!(rate >= LOWEST_RATE && rate <= HIGHEST_RATE)) {
            throw new UnservableException(
                    String.format(
                            Locale.ROOT,
                            "%s is %.3g times the rate of %s; a trace is served at 0.0001 to 1000"
                                    + " times its rate",
                            demand.label(),
                            rate,
                            workload.name()));
        }
        return rate;
    }

    private RunResult serve(Contender contender, SeedSetup setup, Traffic traffic) {
        return switch (contender) {
            case Contender.Governed governed ->
                    govern(
                            governed.policy(),
                            governed.lengths(plan.knowledge().lengths()),
                            setup,
                            traffic);
            case Contender.Swept swept -> sweep(swept, setup, traffic);
            case Contender.InHindsight knowing ->
                    knowing.reference()
                            .run(
                                    setup(Contender.MAXIMUM_CLOCK.name(), setup),
                                    traffic,
                                    plan.extent().searchSeconds());
        };
    }

    private RunResult govern(
            String policy, LengthSource lengths, SeedSetup setup, Traffic traffic) {
        return EngineRun.of(setup(policy, setup).withLengths(lengths), traffic);
    }

    private RunSetup setup(String policy, SeedSetup setup) {
        RunSetup run =
                RunSetup.exploring(setup.specimen(), Policies.parse(policy))
                        .withSlo(setup.slo())
                        .withTable(setup.table())
                        .withEngines(plan.engines());
        return setup.seed() == ComparisonResult.SHOWN_SEED ? run.withTimeline() : run;
    }

    /** The cheapest clock that keeps the attainment, the maximum clock if none does. */
    private RunResult sweep(Contender.Swept swept, SeedSetup setup, Traffic traffic) {
        return new ClockSweep(plan.profile().gpu().clocks())
                .through(
                        mhz ->
                                govern(
                                        swept.policy(mhz),
                                        plan.knowledge().lengths(),
                                        setup,
                                        traffic),
                        run -> new ClockSweep.Tried(run.attainment(), run.joules()))
                .best()
                .orElseGet(() ->
                        govern(
                                Contender.MAXIMUM_CLOCK.name(),
                                plan.knowledge().lengths(),
                                setup,
                                traffic));
    }
}
