package dev.lowgear.simulator.comparison;

import dev.lowgear.core.slo.Target;
import dev.lowgear.simulator.run.RunResult;
import dev.lowgear.simulator.study.Contender;
import dev.lowgear.simulator.study.Interval;
import dev.lowgear.simulator.study.Saturation;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A comparison's tables, and what is to be said about them, whatever they are shown on. */
final class ComparisonWords {
    private static final String NONE = "–";

    private final ComparisonResult result;
    private final ComparisonPlan plan;

    ComparisonWords(ComparisonResult result) {
        this.result = result;
        plan = result.plan();
    }

    /** What was compared, a sentence each. */
    List<String> setup() {
        return List.of(
                "Simulated: no figure here was measured on a GPU.",
                String.format(
                        Locale.ROOT,
                        "%s; %d × %s; SLO %s: %s.",
                        result.workload(),
                        plan.engines(),
                        plan.profile().id(),
                        plan.promised().name(),
                        targets()),
                String.format(
                        Locale.ROOT,
                        "%d %s of %d requests, each with physics, noise and a stretch of the"
                                + " trace of its own%s. Planners: lengths %s, table %s.",
                        plan.extent().seeds(),
                        plan.extent().seeds() == 1 ? "seed" : "seeds",
                        plan.extent().requests() * plan.engines(),
                        saturation(),
                        plan.knowledge().lengths().name(),
                        table()));
    }

    private String table() {
        return switch (plan.knowledge().table()) {
            case LEARNED -> "learned from the engine's telemetry";
            case PHYSICS -> "of the true physics, which nobody has live";
        };
    }

    private String targets() {
        List<String> promised = new ArrayList<>();
        add(promised, "TTFT", Target.TTFT);
        add(promised, "mean TBT", Target.TBT_MEAN);
        add(promised, "p99 of TBT", Target.TBT_TAIL);
        add(promised, "E2E", Target.E2E);
        return String.join(", ", promised);
    }

    private void add(List<String> promised, String name, Target target) {
        DoubleSummaryStatistics millis =
                result.seeds().stream()
                        .map(setup -> setup.slo().targets())
                        .mapToLong(targets -> targets.nanos(target))
                        .filter(nanos -> nanos != Long.MAX_VALUE)
                        .mapToDouble(nanos -> nanos / 1e6)
                        .summaryStatistics();
        if (millis.getCount() > 0) {
            promised.add(name + " " + range(millis, "%.0f") + " ms");
        }
    }

    private String saturation() {
        var found = new DoubleSummaryStatistics();
        for (SeedSetup setup : result.seeds()) {
            Saturation saturation = setup.saturation();
            if (saturation != null) {
                found.accept(saturation.requestsPerSecond());
            }
        }
        return found.getCount() == 0
                ? ""
                : "; load 1 is " + range(found, "%.2f") + " requests/s on each engine";
    }

    private static String range(DoubleSummaryStatistics values, String format) {
        String low = String.format(Locale.ROOT, format, values.getMin());
        String high = String.format(Locale.ROOT, format, values.getMax());
        return low.equals(high) ? low : low + " to " + high;
    }

    /** Above the table of a load. */
    String demand(Demand demand) {
        String rate =
                String.format(Locale.ROOT, "%.2f requests/s", result.requestsPerSecond(demand));
        return demand.load().isPresent() ? demand.label() + ", " + rate : rate;
    }

    /** What the columns of {@link #rows} are. */
    List<String> header() {
        return List.of(
                "policy",
                "saved %",
                "vs " + plan.first().name(),
                "attained %",
                "J/token",
                "TTFT p99 ms",
                "TBT p99 ms",
                "E2E p99 ms",
                "mean MHz",
                "switches",
                "peak W");
    }

    /** A row for every policy at a load. */
    List<List<String>> rows(Demand demand) {
        return plan.contenders().stream().map(one -> row(demand, one)).toList();
    }

    private List<String> row(Demand demand, Contender contender) {
        String name = contender.name();
        String first = plan.first().name();
        boolean usual = contender.equals(Contender.MAXIMUM_CLOCK);
        return List.of(
                name,
                usual ? NONE : result.saving(demand, name).toString(),
                name.equals(first) ? NONE : signed(result.difference(demand, name, first)),
                String.format(Locale.ROOT, "%.2f", 100 * result.attainment(demand, name)),
                mean(demand, name, "%.3f", RunResult::joulesPerToken),
                mean(demand, name, "%.0f", run -> run.ttft().p99()),
                mean(demand, name, "%.1f", run -> run.tbt().p99()),
                mean(demand, name, "%.0f", run -> run.e2e().p99()),
                mean(demand, name, "%.0f", RunResult::meanClockMhz),
                mean(demand, name, "%.0f", run -> run.gears().clockSwitches()),
                mean(demand, name, "%.0f", RunResult::peakWatts));
    }

    private static String signed(Interval difference) {
        return difference.mean() >= 0.05 ? "+" + difference : difference.toString();
    }

    private String mean(
            Demand demand, String name, String format, ToDoubleFunction<RunResult> value) {
        double mean = result.mean(demand, name, value);
        return Double.isNaN(mean) ? NONE : String.format(Locale.ROOT, format, mean);
    }

    /** How the tables are to be read. */
    List<String> explanation() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "saved: energy against maximum-clock; vs: points of saving more than "
                        + plan.first().name()
                        + ". Both seed by seed"
                        + (plan.extent().seeds() > 1
                                ? ", ± 95 % confidence by Student's t."
                                : "; one seed gives no interval."));
        lines.add(
                "attained: requests of all seeds that met all their targets. The rest: means over"
                        + " seeds, all engines together.");
        if (plan.contenders().stream().anyMatch(Contender.Swept.class::isInstance)) {
            lines.add("A fixed clock without MHz is chosen in hindsight, in every run for itself.");
        }
        long clipped = result.runs().stream().mapToLong(ComparedRun::clipped).sum();
        if (clipped > 0) {
            long requests = (long) result.runs().size() * plan.extent().requests() * plan.engines();
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%.1f %% of the requests were cut to the model's window.",
                            100.0 * clipped / requests));
        }
        return lines;
    }
}
