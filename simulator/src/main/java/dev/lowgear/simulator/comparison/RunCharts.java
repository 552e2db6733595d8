package dev.lowgear.simulator.comparison;

import dev.lowgear.core.slo.Target;
import dev.lowgear.simulator.report.Axis;
import dev.lowgear.simulator.report.Chart;
import dev.lowgear.simulator.run.Quantiles;
import dev.lowgear.simulator.run.RunResult;
import dev.lowgear.simulator.run.Timeline;
import dev.lowgear.simulator.study.Contender;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Charts of the runs of one load and seed: the distribution of latencies, and what went on. */
final class RunCharts {
    private static final int WIDE = 620;
    private static final int STRIP = 170;
    private static final int MIDDLE = 410;
    private static final int HEIGHT = 280;

    private final ComparisonResult result;
    private final Demand demand;
    private final List<String> names;

    /** Of the runs at that load with the seed that is shown. */
    RunCharts(ComparisonResult result, Demand demand) {
        this.result = result;
        this.demand = demand;
        names = result.plan().contenders().stream().map(Contender::name).toList();
    }

    private RunResult run(String name) {
        return result.runs(demand, name).stream()
                .filter(run -> run.seed() == ComparisonResult.SHOWN_SEED)
                .findFirst()
                .orElseThrow()
                .result();
    }

    /** Cumulative distributions of latencies. */
    List<Chart> latencies() {
        return List.of(
                distribution("Time to first token", Target.TTFT, RunResult::ttft),
                distribution("Mean time between tokens", Target.TBT_MEAN, RunResult::tbt),
                distribution("End to end", Target.E2E, RunResult::e2e));
    }

    private Chart distribution(
            String title, Target target, Function<RunResult, Quantiles> quantiles) {
        List<double[]> all =
                names.stream().map(name -> quantiles.apply(run(name)).byHalfPercent()).toList();
        long promised = result.seeds().getFirst().slo().targets().nanos(target);
        var chart =
                new Chart(
                        title,
                        millisAxis(all, promised),
                        Axis.exact("% of requests", 0, 100),
                        MIDDLE,
                        HEIGHT);
        if (promised != Long.MAX_VALUE) {
            chart.rule(promised / 1e6, "target");
        }
        for (int series = 0; series < names.size(); series++) {
            double[] millis = all.get(series);
            double[] shares = new double[millis.length];
            for (int step = 0; step < shares.length; step++) {
                shares[step] = 100.0 * step / (shares.length - 1);
            }
            chart.line(series, millis, shares);
        }
        return chart;
    }

    private static Axis millisAxis(List<double[]> all, long promisedNanos) {
        double[] known =
                all.stream()
                        .flatMapToDouble(Arrays::stream)
                        .filter(millis -> !Double.isNaN(millis))
                        .toArray();
        double high = Arrays.stream(known).max().orElse(10);
        if (promisedNanos != Long.MAX_VALUE) {
            high = Math.max(high, 1.1 * promisedNanos / 1e6);
        }
        return Axis.logarithmic("ms", Arrays.stream(known).min().orElse(1), high);
    }

    /** Clock and batch of every policy over time, in strips below each other. */
    List<Chart> overTime() {
        List<Chart> charts = new ArrayList<>();
        for (int series = 0; series < names.size(); series++) {
            if (run(names.get(series)).timeline().isPresent()) {
                charts.add(strip(series, "clock, MHz", Timeline.Step::clockMhz));
                charts.add(strip(series, "batch", Timeline.Step::batch));
            }
        }
        return charts;
    }

    private Chart strip(int series, String what, ToDoubleFunction<Timeline.Step> value) {
        RunResult run = run(names.get(series));
        Timeline timeline = run.timeline().orElseThrow();
        double[] values = timeline.steps().stream().mapToDouble(value).toArray();
        double[] seconds = new double[values.length];
        for (int step = 0; step < seconds.length; step++) {
            seconds[step] = (step + 0.5) * timeline.stepSeconds();
        }
        double highest =
                names.stream()
                        .flatMap(name -> run(name).timeline().stream())
                        .flatMap(other -> other.steps().stream())
                        .mapToDouble(value)
                        .max()
                        .orElse(1);
        return new Chart(
                        names.get(series) + ": " + what,
                        Axis.exact("seconds", 0, run.seconds()),
                        Axis.linear(what, 0, highest),
                        WIDE,
                        STRIP)
                .line(series, seconds, values);
    }
}
