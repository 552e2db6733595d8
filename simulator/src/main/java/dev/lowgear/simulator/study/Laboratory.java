package dev.lowgear.simulator.study;

import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.core.slo.SloTargets;
import dev.lowgear.simulator.hindsight.Clairvoyant;
import dev.lowgear.simulator.hindsight.HindsightResult;
import dev.lowgear.simulator.hindsight.RelaxedBound;
import dev.lowgear.simulator.policy.LengthSource;
import dev.lowgear.simulator.policy.Policies;
import dev.lowgear.simulator.run.EngineRun;
import dev.lowgear.simulator.run.PlannerTable;
import dev.lowgear.simulator.run.RunResult;
import dev.lowgear.simulator.run.RunSetup;
import dev.lowgear.simulator.run.Specimen;
import dev.lowgear.simulator.run.Traffic;
import dev.lowgear.simulator.trace.TraceRequest;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Runs a contender on an engine and says what it came to. */
final class Laboratory {
    private final Map<Specimen, PlannerTable> tables = new ConcurrentHashMap<>();

    /**
     * What everybody in a comparison gets.
     *
     * @param specimen the engine
     * @param slo what every request is promised
     * @param traffic what arrives
     */
    record Bench(Specimen specimen, SloPolicy slo, Traffic traffic) {}

    /**
     * What a run came to; see {@link StudyRun}.
     *
     * @param seconds virtual
     */
    record Measured(
            int requests,
            int attained,
            int ttftMet,
            int tbtMet,
            int e2eMet,
            double joules,
            long tokens,
            double seconds,
            double ttftP99Millis,
            double tbtP99Millis,
            double e2eP99Millis,
            double meanClockMhz,
            long clockSwitches) {}

    /** A policy by its whole name, planned by a table learned from that engine's telemetry. */
    Measured govern(Bench bench, String policy, LengthSource lengths) {
        RunSetup setup =
                RunSetup.standard(bench.specimen(), Policies.parse(policy))
                        .withSlo(bench.slo())
                        .withLengths(lengths)
                        .withTable(
                                tables.computeIfAbsent(bench.specimen(), PlannerTable::ofPhysics));
        RunResult result = EngineRun.of(setup, bench.traffic());
        return new Measured(
                result.promises().counted(),
                result.promises().allMet(),
                result.promises().ttftMet(),
                result.promises().tbtMet(),
                result.promises().e2eMet(),
                result.joules(),
                result.tokens(),
                result.seconds(),
                result.ttft().p99(),
                result.tbt().p99(),
                result.e2e().p99(),
                result.meanClockMhz(),
                result.gears().clockSwitches());
    }

    /** The best schedule a search of so many seconds finds. */
    Measured foresee(Bench bench, Contender.Foreseeing foreseeing, int searchSeconds) {
        HindsightResult found =
                new Clairvoyant(foreseeing.levers(), searchSeconds)
                        .search(
                                bench.specimen().physics(),
                                bench.slo(),
                                bench.traffic().requests(),
                                horizonSeconds(bench));
        SloTargets targets = bench.slo().targets();
        return new Measured(
                found.requests(),
                found.attained(),
                met(found.ttftMillis(), targets.ttft(), found.requests()),
                met(found.tbtMillis(), targets.tbtMean(), found.requests()),
                met(found.e2eMillis(), targets.e2e(), found.requests()),
                found.joules(),
                found.tokens(),
                found.seconds(),
                p99(found.ttftMillis()),
                p99(found.tbtMillis()),
                p99(found.e2eMillis()),
                0,
                0);
    }

    /** Energy that nobody can do without; nothing is known of latencies. */
    Measured bound(Bench bench) {
        List<TraceRequest> requests = bench.traffic().requests();
        double seconds = horizonSeconds(bench);
        double joules = RelaxedBound.joules(bench.specimen().physics(), requests, seconds);
        long tokens = requests.stream().mapToLong(request -> request.outputTokens()).sum();
        int all = requests.size();
        return new Measured(all, all, all, all, all, joules, tokens, seconds, 0, 0, 0, 0, 0);
    }

    /** As long as policies are watched. */
    private static double horizonSeconds(Bench bench) {
        Duration drain =
                RunSetup.standard(bench.specimen(), Policies.parse("maximum-clock"))
                        .withSlo(bench.slo())
                        .drain();
        return bench.traffic().length().plus(drain).toNanos() / 1e9;
    }

    /** Answers of one token have no time between tokens: they meet it. */
    private static int met(List<Double> millis, @Nullable Duration target, int all) {
        if (target == null) {
            return all;
        }
        long late = millis.stream().filter(one -> one > target.toNanos() / 1e6).count();
        return (int) (all - late);
    }

    private static double p99(List<Double> ascending) {
        return ascending.isEmpty()
                ? Double.NaN
                : ascending.get((ascending.size() * 99 + 99) / 100 - 1);
    }
}
