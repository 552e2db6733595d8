package dev.lowgear.simulator.study;

import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.simulator.hindsight.Clairvoyant;
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
        return measured(EngineRun.of(setup, bench.traffic()));
    }

    private static Measured measured(RunResult result) {
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
        return measured(
                new Clairvoyant(foreseeing.levers(), searchSeconds)
                        .search(
                                bench.specimen().physics(),
                                bench.slo(),
                                bench.traffic().requests(),
                                horizonSeconds(bench))
                        .run());
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
}
