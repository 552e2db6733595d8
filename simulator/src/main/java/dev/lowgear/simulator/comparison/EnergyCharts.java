package dev.lowgear.simulator.comparison;

import dev.lowgear.simulator.report.Axis;
import dev.lowgear.simulator.report.Chart;
import dev.lowgear.simulator.study.Contender;
import dev.lowgear.simulator.study.Interval;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Charts of what policies save and attain, at each load and over loads. */
final class EnergyCharts {
    private static final int WIDE = 620;
    private static final int MIDDLE = 410;
    private static final int HEIGHT = 300;

    /** Few seeds have intervals that would leave no room for what they are around. */
    private static final double LONGEST_WHISKER = 10;

    private final ComparisonResult result;
    private final ComparisonWords words;
    private final List<String> names;
    private final List<Demand> ascending;

    EnergyCharts(ComparisonResult result) {
        this.result = result;
        words = new ComparisonWords(result);
        names = result.plan().contenders().stream().map(Contender::name).toList();
        ascending =
                result.plan().demands().stream()
                        .sorted(Comparator.comparingDouble(this::place))
                        .toList();
    }

    /** Where a load stands among others. */
    private double place(Demand demand) {
        return demand.load().orElseGet(() -> result.requestsPerSecond(demand));
    }

    /** Energy against attainment, a chart for each load. */
    List<Chart> atEachDemand() {
        return result.plan().demands().stream().map(this::at).toList();
    }

    private Chart at(Demand demand) {
        var chart =
                new Chart(
                        words.demand(demand),
                        attainmentAxis("requests that met all targets, %"),
                        savingAxis(),
                        MIDDLE,
                        HEIGHT);
        chart.rule(100 * result.seeds().getFirst().slo().attainment(), "promised");
        for (int series = 0; series < names.size(); series++) {
            Interval saving = result.saving(demand, names.get(series));
            double attained = attained(demand, names.get(series));
            chart.point(
                    series,
                    attained,
                    saving.mean(),
                    saving.halfWidth(),
                    String.format(
                            Locale.ROOT,
                            "%s: saved %s %%, attained %.2f %%",
                            names.get(series),
                            saving,
                            attained));
        }
        return chart;
    }

    private double attained(Demand demand, String name) {
        return 100 * result.attainment(demand, name);
    }

    /** The same for all loads, so that charts can be compared. */
    private Axis savingAxis() {
        DoubleStream.Builder ends = DoubleStream.builder();
        for (Demand demand : ascending) {
            for (String name : names) {
                Interval saving = result.saving(demand, name);
                double half = Double.isNaN(saving.halfWidth()) ? 0 : saving.halfWidth();
                half = Math.min(half, LONGEST_WHISKER);
                ends.add(saving.mean() - half).add(saving.mean() + half);
            }
        }
        double[] all = ends.build().toArray();
        return Axis.linear(
                "energy saved, %",
                Math.max(-100, Arrays.stream(all).min().orElse(0)),
                Math.min(100, Arrays.stream(all).max().orElse(1)));
    }

    private Axis attainmentAxis(String label) {
        double lowest =
                ascending.stream()
                        .flatMapToDouble(demand ->
                                names.stream().mapToDouble(name -> attained(demand, name)))
                        .min()
                        .orElse(100);
        return Axis.attainment(label, lowest);
    }

    /** Saving and attainment over the load; none if there is but one. */
    List<Chart> overDemand() {
        if (ascending.size() < 2) {
            return List.of();
        }
        var savings = new Chart("Saving over load", demandAxis(), savingAxis(), WIDE, HEIGHT);
        var attainments =
                new Chart(
                        "Attainment over load",
                        demandAxis(),
                        attainmentAxis("met all targets, %"),
                        WIDE,
                        HEIGHT);
        double[] places = ascending.stream().mapToDouble(this::place).toArray();
        for (int series = 0; series < names.size(); series++) {
            String name = names.get(series);
            List<Interval> saved =
                    ascending.stream().map(demand -> result.saving(demand, name)).toList();
            double[] means = saved.stream().mapToDouble(Interval::mean).toArray();
            double[] attained =
                    ascending.stream().mapToDouble(demand -> attained(demand, name)).toArray();
            savings.line(series, places, means);
            attainments.line(series, places, attained);
            for (int i = 0; i < places.length; i++) {
                Interval saving = saved.get(i);
                savings.point(
                        series, places[i], means[i], saving.halfWidth(), name + ": " + saving);
                attainments.point(
                        series,
                        places[i],
                        attained[i],
                        Double.NaN,
                        String.format(Locale.ROOT, "%s: %.2f", name, attained[i]));
            }
        }
        return List.of(savings, attainments);
    }

    private Axis demandAxis() {
        boolean loads = ascending.stream().allMatch(demand -> demand.load().isPresent());
        return Axis.linear(
                loads ? "load, fraction of saturation" : "requests per second",
                0,
                place(ascending.getLast()));
    }
}
