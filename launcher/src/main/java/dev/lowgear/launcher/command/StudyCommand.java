package dev.lowgear.launcher.command;

import dev.lowgear.launcher.UsageException;
import dev.lowgear.simulator.study.Campaign;
import dev.lowgear.simulator.study.Criterion;
import dev.lowgear.simulator.study.StudyPlan;
import dev.lowgear.simulator.study.StudyReport;
import dev.lowgear.simulator.study.StudyTable;
import dev.lowgear.simulator.study.Workload;
import dev.lowgear.simulator.trace.GeneratedTraffic;
import dev.lowgear.simulator.trace.TrafficClass;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** {@code lowgear study}: every policy beside every other, over all loads, in virtual time. */
@Command(
        name = "study",
        mixinStandardHelpOptions = true,
        description = {
            "Serves the same traffic under every policy, for two traces, five loads, two sets of",
            "SLOs and three engines, and says what each saves and attains. Everything is"
                    + " simulated.",
            "Every finished run is kept in DIR: the same command again goes on where it was."
        })
public final class StudyCommand implements Callable<Integer> {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final double CODE_RATE = 2.57;

    /** A day within an hour: half as much again at its peak, and surges of twice the rate. */
    private static final GeneratedTraffic.Daily DAY =
            new GeneratedTraffic.Daily(0.5, HOUR, HOUR.dividedBy(2));

    private static final GeneratedTraffic.Surges SURGES =
            new GeneratedTraffic.Surges(4, Duration.ofMinutes(1), 2);

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--conv",
            paramLabel = "FILE",
            description = "Trace of conversations, such as Azure 2023. Otherwise generated.")
    private @Nullable Path conversation;

    @Option(
            names = "--code",
            paramLabel = "FILE",
            description = "Trace of code completion, such as Azure 2023. Otherwise generated.")
    private @Nullable Path code;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where runs and reports are kept. Standard: ${DEFAULT-VALUE}.")
    private Path folder = Path.of("study");

    @Option(
            names = "--cells",
            paramLabel = "FILTER",
            description = "Only those, as trace=conv,load=0.25|0.5,slo=paper,gpu=h100,idle=1.")
    private @Nullable String cells;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "Engines with their own physics, each cell. Standard: ${DEFAULT-VALUE}.")
    private int seeds = 5;

    @Option(
            names = "--requests",
            paramLabel = "N",
            description = "Of one run. Standard: ${DEFAULT-VALUE}.")
    private int requests = 1_000;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description =
                    "Of arrivals in one run, with more requests where they come faster."
                            + " Standard: ${DEFAULT-VALUE}.")
    private int minutes = 25;

    @Option(
            names = "--search-seconds",
            paramLabel = "N",
            description = "Search for a schedule in hindsight. Standard: ${DEFAULT-VALUE}.")
    private int searchSeconds = 60;

    @Option(
            names = "--hours",
            paramLabel = "H",
            description =
                    "Stops after so long; what is missing is left for another time."
                            + " Standard: ${DEFAULT-VALUE}.")
    private double hours = 3;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Runs at a time. Standard: one for each core.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--resume", description = "Only goes on with what was begun in DIR.")
    private boolean resume;

    @Option(names = "--report", description = "Runs nothing, writes the report of what is done.")
    private boolean reportOnly;

    @Override
    public Integer call() throws IOException, InterruptedException {
        StudyPlan plan = plan();
        Map<String, Workload> workloads = workloads();
        PrintWriter out = spec.commandLine().getOut();
        try (var campaign = Campaign.in(folder, plan, workloads)) {
            boolean complete = true;
            if (!reportOnly) {
                out.printf(
                        "%d cells × %d seeds in %s, at most %s h, %d at a time%n",
                        plan.cells().size(), seeds, folder, hours, threads);
                var progress = new StudyProgress(out, Terminal.isOne());
                complete = campaign.run(threads, hours(), progress);
                progress.end();
            }
            report(campaign.table(), out);
            if (!complete) {
                out.println("not all is done: the same command goes on from here");
            }
        }
        return ExitCode.OK;
    }

    private StudyPlan plan() {
        if (threads < 1 || threads > 1_000) {
            throw new UsageException("--threads must be in 1..1000, not " + threads);
        }
        if (minutes < 0 || minutes > 1_440) {
            throw new UsageException("--minutes must be in 0..1440, not " + minutes);
        }
        if (!(hours > 0 && hours <= 1_000)) {
            throw new UsageException("--hours must be in (0, 1000], not " + hours);
        }
        if (reportOnly && resume) {
            throw new UsageException("--report runs nothing and --resume does: choose one");
        }
        if ((reportOnly || resume) && !Files.isRegularFile(folder.resolve("runs.jsonl"))) {
            throw new UsageException("no study was begun in " + folder);
        }
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new UsageException("--out " + folder + " is not a folder");
        }
        try {
            StudyPlan whole = StudyPlan.whole(seeds, requests, 60 * minutes, searchSeconds);
            return cells == null ? whole : whole.only(cells);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private Duration hours() {
        return Duration.ofMillis((long) (hours * HOUR.toMillis()));
    }

    private Map<String, Workload> workloads() {
        Map<String, Workload> workloads = new TreeMap<>();
        workloads.put(
                StudyPlan.CONVERSATION,
                recorded(
                        StudyPlan.CONVERSATION,
                        conversation,
                        TrafficClass.CHAT,
                        RunTrace.CHAT_RATE));
        workloads.put(StudyPlan.CODE, recorded(StudyPlan.CODE, code, TrafficClass.CODE, CODE_RATE));
        workloads.put(
                StudyPlan.CONVERSATION_DAY,
                day(StudyPlan.CONVERSATION_DAY, TrafficClass.CHAT, RunTrace.CHAT_RATE));
        workloads.put(StudyPlan.CODE_DAY, day(StudyPlan.CODE_DAY, TrafficClass.CODE, CODE_RATE));
        return workloads;
    }

    private static Workload recorded(
            String name, @Nullable Path file, TrafficClass kind, double rate) {
        return file == null
                ? Workload.of(name, RunTrace.generated(kind, rate))
                : Workload.of(name, RunTrace.read(file).requests());
    }

    private static Workload day(String name, TrafficClass kind, double rate) {
        var traffic = new GeneratedTraffic(new TreeMap<>(Map.of(kind, 1.0)), rate, DAY, SURGES);
        return Workload.of(name, traffic.generate(HOUR, new SplittableRandom(RunTrace.SEED)));
    }

    private void report(StudyTable table, PrintWriter out) throws IOException {
        StudyReport report = StudyReport.of(setup(), table);
        Files.writeString(folder.resolve("study.md"), report.markdown());
        Files.writeString(folder.resolve("study.html"), report.html());
        Files.writeString(folder.resolve("study.csv"), report.csv());
        for (Criterion criterion : StudyReport.criteriaOf(table)) {
            out.printf(
                    "%-12s  %s: %s%n",
                    criterion.verdict().text(), criterion.what(), criterion.measured());
        }
        out.printf("%nsimulated throughout. Tables: %s%n", folder.resolve("study.html"));
        out.flush();
    }

    private String setup() {
        return """
        Everything is simulated: no figure here was measured on a GPU. %s of %s, %s of %s; \
        each run at least %d requests and %d minutes, %d seeds, each with physics, noise and a stretch of the trace \
        of its own.\
        """
                .formatted(
                        StudyPlan.CONVERSATION,
                        name(conversation),
                        StudyPlan.CODE,
                        name(code),
                        requests,
                        minutes,
                        seeds);
    }

    private static String name(@Nullable Path file) {
        return Optional.ofNullable(file)
                .map(Path::getFileName)
                .map(Path::toString)
                .orElse("generated traffic");
    }
}
