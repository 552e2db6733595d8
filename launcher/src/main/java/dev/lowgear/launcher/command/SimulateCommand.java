package dev.lowgear.launcher.command;

import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.launcher.UsageException;
import dev.lowgear.simulator.comparison.Comparison;
import dev.lowgear.simulator.comparison.ComparisonPlan;
import dev.lowgear.simulator.comparison.ComparisonReport;
import dev.lowgear.simulator.comparison.Demand;
import dev.lowgear.simulator.comparison.Extent;
import dev.lowgear.simulator.comparison.Knowledge;
import dev.lowgear.simulator.comparison.Promised;
import dev.lowgear.simulator.comparison.SloFile;
import dev.lowgear.simulator.comparison.UnservableException;
import dev.lowgear.simulator.learning.LearnedTables;
import dev.lowgear.simulator.policy.LengthSource;
import dev.lowgear.simulator.study.Contender;
import dev.lowgear.simulator.study.SloSet;
import dev.lowgear.simulator.study.Workload;
import dev.lowgear.simulator.trace.TrafficClass;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** {@code lowgear simulate}: some policies on one trace and engine profile, in virtual time. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = {
            "Serves the same requests under several policies on simulated engines, and says what",
            "each saves against the maximum clock and which promises it keeps. Everything is",
            "simulated. Bad input is refused before any work, with exit code 2."
        })
public final class SimulateCommand implements Callable<Integer> {
    private static final List<Double> STANDARD_LOADS = List.of(.25, .5, .75);

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private DataOption data = new DataOption();
    @Mixin private SimulateOutputs outputs = new SimulateOutputs();

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "What arrives. Otherwise an hour of generated chat.")
    private @Nullable Path trace;

    @Mixin private TraceOptions reading = new TraceOptions();

    @Option(
            names = "--engine",
            paramLabel = "PROFILE",
            description = "<model>/<gpu>/tp<n>. Standard: ${DEFAULT-VALUE}.")
    private String engine = "llama-2-13b/a100-40gb/tp2";

    @Option(
            names = "--engines",
            paramLabel = "N",
            description =
                    "That share the traffic; a request goes to the one with the fewest."
                            + " Standard: ${DEFAULT-VALUE}.")
    private int engines = 1;

    @Option(
            names = "--load",
            paramLabel = "X",
            split = ",",
            description =
                    "Fractions of what the maximum clock serves in time. Standard: .25,.5,.75.")
    private @Nullable List<Double> loads;

    @Option(
            names = "--rate",
            paramLabel = "X",
            split = ",",
            description = "Instead: requests per second on the mean, all engines together.")
    private @Nullable List<Double> rates;

    @Option(
            names = "--policies",
            paramLabel = "NAME",
            split = ",",
            description =
                    "As docs/peers.md has them, with @LENGTHS for lengths of their own; fixed-clock"
                        + " without MHz is the best in hindsight. The maximum clock always runs."
                        + " Standard: lowgear,throttllem-paper,eco-freq,fixed-clock.")
    private List<String> policies =
            List.of("lowgear", "throttllem-paper", "eco-freq", "fixed-clock");

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description =
                    "Engines with their own physics, each load and policy. Standard:"
                            + " ${DEFAULT-VALUE}.")
    private int seeds = 3;

    @Option(
            names = "--requests",
            paramLabel = "N",
            description = "Of one run, for each engine. Standard: ${DEFAULT-VALUE}.")
    private int requests = 1_000;

    @Option(
            names = "--slo",
            paramLabel = "paper|interactive|FILE",
            description = "What is promised. Standard: ${DEFAULT-VALUE}.")
    private String slo = "paper";

    @Option(
            names = "--length-error",
            paramLabel = "oracle|learned|noisy:X",
            description = "What planners know of lengths. Standard: ${DEFAULT-VALUE}.")
    private String lengths = "learned";

    @Option(
            names = "--table",
            paramLabel = "learned|physics",
            description = "What planners know of the engine. Standard: ${DEFAULT-VALUE}.")
    private String table = "learned";

    @Option(
            names = "--search-seconds",
            paramLabel = "N",
            description = "For a clairvoyant schedule. Standard: ${DEFAULT-VALUE}.")
    private int searchSeconds = 10;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Runs at a time. Standard: one for each core.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException, InterruptedException {
        ComparisonPlan plan;
        try {
            plan = plan();
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        reading.requireKnownFormat();
        outputs.requireWritable(inputs());
        Workload workload = workload();
        PrintWriter out = spec.commandLine().getOut();
        var progress = new SimulateProgress(spec.commandLine().getErr(), Terminal.isOne());
        try (var cache = SaturationCache.in(data.folder().cache().resolve("simulator"))) {
            progress.begin(seeds);
            var comparison = new Comparison(plan, workload, cache.saturations());
            var report = new ComparisonReport(comparison.run(threads, progress));
            out.print(report.text());
            outputs.write(report, out);
        } catch (UnservableException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        out.flush();
        return ExitCode.OK;
    }

    private ComparisonPlan plan() {
        if (loads != null && rates != null) {
            throw new UsageException("--load and --rate say the same thing: choose one");
        }
        if (trace == null && reading.areGiven()) {
            throw new UsageException("--format and --skip-bad are for a --trace");
        }
        if (threads < 1 || threads > 1_000) {
            throw new UsageException("--threads must be in 1..1000, not " + threads);
        }
        return new ComparisonPlan(
                EngineProfile.parse(engine),
                engines,
                demands(),
                promised(),
                policies.stream().map(String::strip).map(Contender::parse).toList(),
                new Knowledge(LengthSource.parse(lengths), LearnedTables.Source.parse(table)),
                new Extent(seeds, requests, searchSeconds));
    }

    private List<Demand> demands() {
        Stream<? extends Demand> demands =
                rates == null
                        ? (loads == null ? STANDARD_LOADS : loads).stream().map(Demand.Load::new)
                        : rates.stream().map(Demand.Rate::new);
        return demands.map(Demand.class::cast).toList();
    }

    private Promised promised() {
        Optional<SloSet> set = SloSet.named(slo);
        if (set.isPresent()) {
            return new Promised.OfSet(set.get());
        }
        Path file = Path.of(slo);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new UsageException(
                    "--slo is paper, interactive, or a file that can be read, not " + slo);
        }
        try {
            return new Promised.Written(file.toString(), SloFile.parse(Files.readString(file)));
        } catch (IllegalArgumentException | IOException e) {
            throw new UsageException(file + ": " + e.getMessage());
        }
    }

    private List<Path> inputs() {
        List<Path> inputs = new ArrayList<>();
        if (trace != null) {
            inputs.add(trace);
        }
        if (Files.isRegularFile(Path.of(slo))) {
            inputs.add(Path.of(slo));
        }
        return inputs;
    }

    private Workload workload() {
        if (trace == null) {
            return Workload.of(
                    "an hour of generated chat",
                    RunTrace.generated(TrafficClass.CHAT, RunTrace.CHAT_RATE));
        }
        RunTrace read = RunTrace.read(trace, reading);
        return Workload.of(trace.getFileName() + ", " + read.about(), read.requests());
    }
}
