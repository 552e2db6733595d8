package dev.lowgear.simulator.comparison;

import dev.lowgear.core.slo.SloTargets;
import dev.lowgear.simulator.run.Promises;
import dev.lowgear.simulator.run.Quantiles;
import dev.lowgear.simulator.study.Contender;
import dev.lowgear.simulator.study.Interval;
import dev.lowgear.simulator.study.Saturation;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A comparison for programs: every run, every comparison over seeds, and what was compared. Where a
 * number is not known there is a null. All but the wall times is the same for the same plan, trace
 * and version.
 */
final class ComparisonJson {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .build();

    private record Whole(
            boolean simulated,
            Setup setup,
            List<Seed> seeds,
            List<Run> runs,
            List<Compared> comparisons) {}

    private record Setup(
            String trace,
            String engine,
            int engines,
            String slo,
            String lengths,
            String table,
            int requestsPerEngine) {}

    private record Seed(
            long seed,
            @Nullable Double saturationRequestsPerSecond,
            @Nullable Long ttftMillis,
            @Nullable Long tbtMeanMillis,
            @Nullable Long tbtTailMillis,
            @Nullable Long e2eMillis) {}

    private record Run(
            String policy,
            @Nullable Double load,
            long seed,
            double energyJoules,
            long tokens,
            @Nullable Double joulesPerToken,
            double savingPercent,
            Attainment attainment,
            Latency ttftMs,
            Latency tbtMs,
            Latency e2eMs,
            long clockSwitches,
            double meanClockMhz,
            double peakWatts,
            double simulatedSeconds,
            double wallSeconds,
            long iterations,
            int requests,
            double requestsPerSecond,
            int clipped) {}

    private record Attainment(double e2e, double tbt, double ttft, double all) {}

    private record Latency(@Nullable Double p50, @Nullable Double p99) {}

    private record Compared(
            String policy,
            @Nullable Double load,
            double requestsPerSecond,
            double attainment,
            Spread savingPercent,
            String against,
            Spread differencePoints) {}

    private record Spread(double mean, @Nullable Double halfWidth95, int seeds) {}

    private final ComparisonResult result;

    private ComparisonJson(ComparisonResult result) {
        this.result = result;
    }

    static String of(ComparisonResult result) {
        return JSON.writeValueAsString(new ComparisonJson(result).whole()) + "\n";
    }

    private Whole whole() {
        ComparisonPlan plan = result.plan();
        return new Whole(
                true,
                new Setup(
                        result.workload(),
                        plan.profile().id(),
                        plan.engines(),
                        plan.promised().name(),
                        plan.knowledge().lengths().name(),
                        plan.knowledge().table().option(),
                        plan.extent().requests()),
                result.seeds().stream().map(ComparisonJson::seed).toList(),
                result.runs().stream().map(this::run).toList(),
                comparisons());
    }

    private static Seed seed(SeedSetup setup) {
        SloTargets targets = setup.slo().targets();
        Saturation saturation = setup.saturation();
        return new Seed(
                setup.seed(),
                saturation == null ? null : (Double) saturation.requestsPerSecond(),
                millis(targets.ttft()),
                millis(targets.tbtMean()),
                millis(targets.tbtTail()),
                millis(targets.e2e()));
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : (Long) duration.toMillis();
    }

    private Run run(ComparedRun run) {
        var made = run.result();
        Promises promises = made.promises();
        return new Run(
                run.contender(),
                load(run.demand()),
                run.seed(),
                made.joules(),
                made.tokens(),
                known(made.joulesPerToken()),
                result.saving(run),
                new Attainment(promises.e2e(), promises.tbt(), promises.ttft(), promises.all()),
                latency(made.ttft()),
                latency(made.tbt()),
                latency(made.e2e()),
                made.gears().clockSwitches(),
                made.meanClockMhz(),
                made.peakWatts(),
                made.seconds(),
                Math.rint(run.wallSeconds() * 1e3) / 1e3,
                made.iterations(),
                made.requests(),
                run.requestsPerSecond(),
                run.clipped());
    }

    private List<Compared> comparisons() {
        String first = result.plan().first().name();
        List<Compared> compared = new ArrayList<>();
        for (Demand demand : result.plan().demands()) {
            for (Contender contender : result.plan().contenders()) {
                String name = contender.name();
                compared.add(
                        new Compared(
                                name,
                                load(demand),
                                result.requestsPerSecond(demand),
                                result.attainment(demand, name),
                                spread(result.saving(demand, name)),
                                first,
                                spread(result.difference(demand, name, first))));
            }
        }
        return compared;
    }

    private static @Nullable Double load(Demand demand) {
        return demand.load().isPresent() ? (Double) demand.load().getAsDouble() : null;
    }

    private static Latency latency(Quantiles quantiles) {
        return new Latency(known(quantiles.p50()), known(quantiles.p99()));
    }

    private static Spread spread(Interval interval) {
        return new Spread(interval.mean(), known(interval.halfWidth()), interval.count());
    }

    private static @Nullable Double known(double value) {
        return Double.isNaN(value) ? null : (Double) value;
    }
}
