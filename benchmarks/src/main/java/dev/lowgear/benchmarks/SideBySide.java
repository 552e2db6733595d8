package dev.lowgear.benchmarks;

import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs a class of JMH benchmarks and prints each beside a baseline: time, bytes, ratio. */
final class SideBySide {
    private SideBySide() {}

    /**
     * Runs and prints.
     *
     * @param benchmarks class with average-time or sample-time benchmarks in nanoseconds
     * @param baseline method that the others are compared with, each at its own parameters
     */
    static void print(Class<?> benchmarks, String baseline) throws RunnerException {
        Collection<RunResult> results =
                new Runner(
                                new OptionsBuilder()
                                        .include(benchmarks.getName() + "\\.")
                                        .addProfiler(GCProfiler.class)
                                        .build())
                        .run();
        Map<String, RunResult> byCase = new LinkedHashMap<>();
        for (RunResult result : results) {
            byCase.put(result.getPrimaryResult().getLabel() + parameters(result), result);
        }
        System.out.printf(
                "%n%s on %s %s, %s, %d processors%n%-32s %12s %12s %12s %12s %10s%n",
                benchmarks.getSimpleName(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getProperty("java.vm.version"),
                Runtime.getRuntime().availableProcessors(),
                "",
                "ns",
                "±",
                "p99",
                "B",
                "ratio");
        byCase.forEach((name, result) -> {
            RunResult first = byCase.get(baseline + parameters(result));
            if (first == null) {
                throw new IllegalArgumentException(
                        benchmarks.getName() + " has no benchmark " + baseline);
            }
            Result<?> time = result.getPrimaryResult();
            System.out.printf(
                    "%-32s %12.1f %12.1f %12s %12.1f %9.2f×%n",
                    name,
                    time.getScore(),
                    time.getScoreError(),
                    percentile(result),
                    bytes(result),
                    time.getScore() / first.getPrimaryResult().getScore());
        });
    }

    private static String parameters(RunResult result) {
        var parameters = new StringBuilder();
        for (String key : result.getParams().getParamsKeys()) {
            parameters.append(' ').append(key).append('=').append(result.getParams().getParam(key));
        }
        return parameters.toString();
    }

    private static String percentile(RunResult result) {
        return result.getParams().getMode() == Mode.SampleTime
                ? String.format("%.1f", result.getPrimaryResult().getStatistics().getPercentile(99))
                : "";
    }

    private static double bytes(RunResult result) {
        Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
        return allocated == null ? Double.NaN : allocated.getScore();
    }
}
