package dev.lowgear.simulator.study;

import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.simulator.policy.LengthSource;
import dev.lowgear.simulator.run.Specimen;
import dev.lowgear.simulator.run.Traffic;
import dev.lowgear.simulator.trace.TraceShaping;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.function.BooleanSupplier;

/** Does what is missing of one trial: every contender on the same engine with the same requests. */
final class TrialRunner {
    /** Keeps finished runs. */
    interface Journal {
        /** The run of that key; null if there is none. */
        @Nullable StudyRun find(String key);

        /** Keeps one more for good. */
        void keep(StudyRun run);
    }

    private final StudyPlan plan;
    private final Map<String, Workload> workloads;
    private final Saturations saturations;
    private final Laboratory laboratory;
    private final RunKeys keys;
    private final Journal journal;

    TrialRunner(
            StudyPlan plan,
            Map<String, Workload> workloads,
            Saturations saturations,
            Laboratory laboratory,
            RunKeys keys,
            Journal journal) {
        this.plan = plan;
        this.workloads = Map.copyOf(workloads);
        this.saturations = saturations;
        this.laboratory = laboratory;
        this.keys = keys;
        this.journal = journal;
    }

    /** Whether all of the trial is done; it goes on only while {@code on}. */
    boolean run(StudyPlan.Trial trial, BooleanSupplier on) {
        var serving = new Serving(trial);
        for (Contender contender : plan.contenders(trial.cell(), trial.seed())) {
            boolean done =
                    contender instanceof Contender.Swept swept
                            ? sweep(serving, swept, on)
                            : single(serving, contender, on);
            if (!done) {
                return false;
            }
        }
        return true;
    }

    private boolean single(Serving serving, Contender contender, BooleanSupplier on) {
        return run(serving, contender, contender.name(), on) != null;
    }

    private boolean sweep(Serving serving, Contender.Swept swept, BooleanSupplier on) {
        return new ClockSweep(serving.trial.cell().engine().gpu().clocks())
                .through(mhz -> run(serving, swept, swept.policy(mhz), on), ClockSweep.Tried::of)
                .isWhole();
    }

    /** The run that is kept, or one made now; null if it may not go on. */
    private @Nullable StudyRun run(
            Serving serving, Contender contender, String policy, BooleanSupplier on) {
        String key = keys.key(serving.trial, contender, policy);
        StudyRun kept = journal.find(key);
        if (kept != null || !on.getAsBoolean()) {
            return kept;
        }
        return serving.serve(key, contender, policy);
    }

    /** A trial's engine and traffic, made when the first run needs them. */
    private final class Serving {
        private final StudyPlan.Trial trial;
        private Laboratory.@Nullable Bench bench;
        private @Nullable LoadStep step;
        private int clipped;

        Serving(StudyPlan.Trial trial) {
            this.trial = trial;
        }

        private Laboratory.Bench bench() {
            if (bench == null) {
                Cell cell = trial.cell();
                Specimen specimen = cell.specimen(trial.seed());
                Workload workload = workloads.get(cell.workload());
                if (workload == null) {
                    throw new IllegalArgumentException("no trace '" + cell.trace() + "'");
                }
                Saturation saturation = saturations.of(workload, specimen, cell.slo());
                bench =
                        new Laboratory.Bench(
                                specimen,
                                SloPolicy.STANDARD.withTargets(saturation.targets()),
                                traffic(workload, saturation.rate()));
            }
            return bench;
        }

        private Traffic traffic(Workload workload, double saturation) {
            Cell cell = trial.cell();
            double rate = cell.load() * saturation;
            if (cell.isStep()) {
                step =
                        LoadStep.of(
                                workload,
                                cell.engine(),
                                rate,
                                cell.middleLoad() * saturation,
                                Workload.offset(trial.seed()),
                                plan.requests(),
                                trial.seed());
                clipped = step.traffic().clipped();
                return step.traffic();
            }
            double inShortest = plan.shortestSeconds() * rate * workload.requestsPerSecond();
            TraceShaping.Clipped arrivals =
                    workload.arrivals(
                            cell.engine(),
                            rate,
                            Workload.offset(trial.seed()),
                            (int) Math.max(plan.requests(), inShortest),
                            trial.seed());
            clipped = arrivals.clipped();
            return Traffic.of(arrivals.requests());
        }

        StudyRun serve(String key, Contender contender, String policy) {
            Laboratory.Bench on = bench();
            long begun = System.nanoTime();
            Measured measured =
                    switch (contender) {
                        case Contender.Governed governed ->
                                step == null
                                        ? laboratory.govern(
                                                on, governed.policy(), governed.lengths())
                                        : laboratory.step(on, step, governed.policy());
                        case Contender.Swept _ ->
                                laboratory.govern(on, policy, LengthSource.LEARNED);
                        case Contender.InHindsight knowing ->
                                laboratory.foresee(on, knowing.reference(), plan.searchSeconds());
                    };
            double wallSeconds = (System.nanoTime() - begun) / 1e9;
            StudyRun run =
                    StudyRun.of(key, trial, contender, policy, measured, clipped, wallSeconds);
            journal.keep(run);
            return run;
        }
    }
}
