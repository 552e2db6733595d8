package dev.lowgear.benchmarks;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs a class of JMH benchmarks and prints each beside the first: time, bytes, ratio. */
final class SideBySide {
    private SideBySide() {}

    /**
     * Runs and prints.
     *
     * @param benchmarks class with average-time benchmarks in nanoseconds
     * @param baseline method that the others are compared with
     */
    static void print(Class<?> benchmarks, String baseline) throws RunnerException {
        Collection<RunResult> results =
                new Runner(
                                new OptionsBuilder()
                                        .include(benchmarks.getName() + "\\.")
                                        .addProfiler(GCProfiler.class)
                                        .build())
                        .run();
        Map<String, RunResult> byMethod = new LinkedHashMap<>();
        for (RunResult result : results) {
            byMethod.put(result.getPrimaryResult().getLabel(), result);
        }
        RunResult first = byMethod.get(baseline);
        if (first == null) {
            throw new IllegalArgumentException(
                    benchmarks.getName() + " has no benchmark " + baseline);
        }
        double unit = first.getPrimaryResult().getScore();
        System.out.printf(
                "%n%s on %s %s, %s, %d processors%n%-28s %14s %10s %12s %10s%n",
                benchmarks.getSimpleName(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getProperty("java.vm.version"),
                Runtime.getRuntime().availableProcessors(),
                "",
                "ns",
                "±",
                "B",
                "ratio");
        byMethod.forEach((method, result) -> {
            Result<?> time = result.getPrimaryResult();
            System.out.printf(
                    "%-28s %14.1f %10.1f %12.1f %9.1f×%n",
                    method,
                    time.getScore(),
                    time.getScoreError(),
                    bytes(result),
                    time.getScore() / unit);
        });
    }

    private static double bytes(RunResult result) {
        Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
        return allocated == null ? Double.NaN : allocated.getScore();
    }
}
