package dev.lowgear.simulator.study;

import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.core.slo.SloTargets;
import dev.lowgear.simulator.policy.LengthSource;
import dev.lowgear.simulator.run.Specimen;
import dev.lowgear.simulator.run.Traffic;
import dev.lowgear.simulator.trace.ChatTrace;
import dev.lowgear.simulator.trace.TraceShaping;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names a run by everything it depends on, so that a changed setup is never mixed with an old one:
 * the workload, the cell, the seed, the requests, the methods by which target and saturation are
 * found, and how the contender and the maximum clock behave on a reference. That reference is three
 * minutes of chat with a burst on the engine as its fits have it: a changed simulator, table,
 * policy or search shows in its energy and latencies, a renamed method does not.
 */
final class RunKeys {
    private static final Duration REFERENCE_LENGTH = Duration.ofMinutes(3);
    private static final ChatTrace.Burst BURST =
            new ChatTrace.Burst(Duration.ofSeconds(60), Duration.ofSeconds(20), 3);
    private static final SloPolicy REFERENCE_SLO =
            SloPolicy.STANDARD.withTargets(
                    new SloTargets(
                            Duration.ofSeconds(2),
                            Duration.ofMillis(60),
                            null,
                            Duration.ofSeconds(22)));

    /** A search is told from another by what it finds for so many requests in a second. */
    private static final int FORESEEN_REQUESTS = 20;

    private final Laboratory laboratory;
    private final StudyPlan plan;
    private final Map<String, Workload> workloads;
    private final Map<String, String> behaviours = new ConcurrentHashMap<>();

    RunKeys(Laboratory laboratory, StudyPlan plan, Map<String, Workload> workloads) {
        this.laboratory = laboratory;
        this.plan = plan;
        this.workloads = Map.copyOf(workloads);
    }

    /** Of one run: {@code policy} is what is served, with its clock where one is swept. */
    String key(StudyPlan.Trial trial, Contender contender, String policy) {
        Cell cell = trial.cell();
        Workload workload = workloads.get(cell.workload());
        if (workload == null) {
            throw new IllegalArgumentException("the study has no trace '" + cell.trace() + "'");
        }
        return Fingerprint.of(
                workload.fingerprint(),
                workload.shape().toString(),
                cell.name(),
                Long.toString(trial.seed()),
                Integer.toString(plan.requests()),
                Integer.toString(plan.shortestSeconds()),
                searchSeconds(contender),
                E2eTarget.method(),
                Saturation.method(),
                policy,
                behaviour(cell, Contender.MAXIMUM_CLOCK),
                behaviour(cell, contender));
    }

    private String searchSeconds(Contender contender) {
        return contender instanceof Contender.InHindsight knowing && knowing.isSearched()
                ? Integer.toString(plan.searchSeconds())
                : "";
    }

    private String behaviour(Cell cell, Contender contender) {
        String id = cell.engine().id() + cell.idlePowerFactor() + contender.name();
        String known = behaviours.get(id);
        if (known == null) {
            known = Fingerprint.of(measure(cell, contender).toString());
            behaviours.put(id, known);
        }
        return known;
    }

    private Measured measure(Cell cell, Contender contender) {
        var specimen = new Specimen(cell.engine(), false, 1, cell.idlePowerFactor());
        double rate = E2eTarget.lightLoad(specimen) * 20;
        var requests =
                TraceShaping.clip(
                                new ChatTrace(rate, BURST)
                                        .generate(REFERENCE_LENGTH, new SplittableRandom(1)),
                                cell.engine().limits().maxModelLength())
                        .requests();
        var bench = new Laboratory.Bench(specimen, REFERENCE_SLO, Traffic.of(requests));
        return switch (contender) {
            case Contender.Governed governed ->
                    laboratory.govern(bench, governed.policy(), governed.lengths());
            case Contender.Swept swept ->
                    laboratory.govern(
                            bench,
                            swept.policy(cell.engine().gpu().clocks().mhz(0)),
                            LengthSource.LEARNED);
            case Contender.InHindsight knowing ->
                    laboratory.foresee(
                            new Laboratory.Bench(
                                    specimen, REFERENCE_SLO, Traffic.of(few(requests))),
                            knowing.reference(),
                            1);
        };
    }

    private static <T> List<T> few(List<T> requests) {
        return requests.subList(0, Math.min(FORESEEN_REQUESTS, requests.size()));
    }
}
