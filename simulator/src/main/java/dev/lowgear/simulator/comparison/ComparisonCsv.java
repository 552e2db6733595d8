package dev.lowgear.simulator.comparison;

import dev.lowgear.simulator.run.RunResult;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** A comparison as comma-separated values: a row for every run; what is not known is empty. */
final class ComparisonCsv {
    private static final String HEADER =
            "policy,load,requests_per_second,seed,requests,attained,ttft_met,tbt_met,e2e_met,"
                    + "joules,saving_percent,tokens,joules_per_token,"
                    + "ttft_p50_ms,ttft_p99_ms,tbt_p50_ms,tbt_p99_ms,e2e_p50_ms,e2e_p99_ms,"
                    + "clock_switches,mean_clock_mhz,peak_watts,simulated_seconds,iterations,"
                    + "clipped,wall_seconds\n";

    private ComparisonCsv() {}

    static String of(ComparisonResult result) {
        return result.runs().stream()
                .map(run -> row(run, result.saving(run)))
                .collect(Collectors.joining("", HEADER, ""));
    }

    private static String row(ComparedRun run, double saving) {
        RunResult made = run.result();
        return String.format(
                Locale.ROOT,
                "%s,%s,%.6f,%d,%d,%d,%d,%d,%d,%.3f,%.3f,%d,%s,%s,%d,%.1f,%.1f,%.3f,%d,%d,%.3f\n",
                run.contender(),
                run.demand().load().isPresent() ? run.demand().load().getAsDouble() : "",
                run.requestsPerSecond(),
                run.seed(),
                made.requests(),
                made.attained(),
                made.promises().ttftMet(),
                made.promises().tbtMet(),
                made.promises().e2eMet(),
                made.joules(),
                saving,
                made.tokens(),
                known(made.joulesPerToken()),
                DoubleStream.of(
                                made.ttft().p50(),
                                made.ttft().p99(),
                                made.tbt().p50(),
                                made.tbt().p99(),
                                made.e2e().p50(),
                                made.e2e().p99())
                        .mapToObj(ComparisonCsv::known)
                        .collect(Collectors.joining(",")),
                made.gears().clockSwitches(),
                made.meanClockMhz(),
                made.peakWatts(),
                made.seconds(),
                made.iterations(),
                run.clipped(),
                run.wallSeconds());
    }

    private static String known(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.4f", value);
    }
}
