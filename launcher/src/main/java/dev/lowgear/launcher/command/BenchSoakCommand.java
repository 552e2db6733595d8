package dev.lowgear.launcher.command;

import dev.lowgear.launcher.UsageException;
import dev.lowgear.launcher.measure.Machine;
import dev.lowgear.launcher.measure.ProcessMeter;
import dev.lowgear.launcher.soak.Soak;
import dev.lowgear.launcher.soak.SoakReport;
import dev.lowgear.launcher.soak.SoakTally;
import dev.lowgear.launcher.stack.DataFolder;
import dev.lowgear.launcher.stack.SimulatedEngine;
import dev.lowgear.launcher.stack.StackPlan;
import dev.lowgear.launcher.stack.StackPorts;

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
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code lowgear bench soak}: whether anything grows under traffic that comes and goes. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description = {
            "Starts the system with two simulated engines and sends it churning traffic: bursts,",
            "silence, clients that leave, bad requests, changing policies. Samples memory,"
                    + " threads,",
            "consumer lag and rows every 5 s. Exit code 1 if anything grows, lags or fails."
        })
public final class BenchSoakCommand implements Callable<Integer> {
    private static final int BAR = 30;

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private DataOption data = new DataOption();

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description = "How long requests arrive. Standard: ${DEFAULT-VALUE}.")
    private int minutes = 15;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "Requests per second in a calm time. Standard: ${DEFAULT-VALUE}.")
    private double rate = 3;

    @Option(names = "--seed", paramLabel = "N", description = "Of the traffic. Standard: 1.")
    private long seed = 1;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Where soak.csv and soak.html go. Standard: the current folder.")
    private Path folder = Path.of("");

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireSense();
        var out = spec.commandLine().getOut();
        var machine = Machine.here();
        var system = data.folder().within("soak");
        SoakReport report;
        try (var running = ShortLivedSystem.start(plan(system), out)) {
            running.awaitFirstToken();
            out.printf(
                    "soaking for %d min, %.1f requests/s when calm, seed %d%n",
                    minutes, rate, seed);
            out.flush();
            try (var soak = new Soak(running.plan())) {
                report =
                        soak.run(
                                Duration.ofMinutes(minutes),
                                rate,
                                seed,
                                (elapsed, requests, lag) -> draw(out, elapsed, requests, lag));
            }
        }
        report.writeCsv(folder.resolve("soak.csv"));
        report.writeHtml(folder.resolve("soak.html"));
        out.printf(
                "%n%s, load %.1f before and %.1f after, %d min%n%n%s",
                machine.text(), machine.load(), Machine.here().load(), minutes, report.text());
        out.printf(
                "samples %s, charts %s%n", folder.resolve("soak.csv"), folder.resolve("soak.html"));
        AotCaches.make(system, out);
        return report.complaints().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void requireSense() {
        if (minutes < 1 || minutes > 10_080) {
            throw new UsageException("--minutes must be in 1..10080, not " + minutes);
        }
        if (!(rate > 0 && rate <= 1_000)) {
            throw new UsageException("--rate must be above 0 and at most 1000, not " + rate);
        }
        if (!Files.isDirectory(folder.toAbsolutePath())
                || !Files.isWritable(folder.toAbsolutePath())) {
            throw new UsageException("--out " + folder + " is not a folder that can be written");
        }
        if (!ProcessMeter.isAvailable()) {
            throw new UsageException("the soak reads memory from /proc, which only Linux has");
        }
    }

    /** Two engines of one model, so that there is routing to do. */
    private static StackPlan plan(DataFolder folder) {
        var profile = SimulatedEngine.profile(SimulatedEngine.STANDARD_PROFILE);
        var model = profile.model().id();
        return new StackPlan(
                folder,
                StackPorts.free(Map.of()),
                List.of(
                        SimulatedEngine.of(0, "soak-0", model, profile, 1),
                        SimulatedEngine.of(1, "soak-1", model, profile, 2)),
                null,
                Map.of());
    }

    private void draw(PrintWriter out, Duration elapsed, SoakTally.Counts requests, long lag) {
        boolean terminal = Terminal.isOne();
        long seconds = elapsed.toSeconds();
        if (!terminal && seconds % 30 >= 5) {
            return;
        }
        int done = (int) Math.min(BAR, BAR * seconds / (60L * minutes));
        out.printf(
                Locale.ROOT,
                "%s[%s%s] %d:%02d of %d:00  %d answered, %d left, %d refused, %d wrong, lag %d%s",
                terminal ? "\r" : "",
                "#".repeat(done),
                ".".repeat(BAR - done),
                seconds / 60,
                seconds % 60,
                minutes,
                requests.answered(),
                requests.left(),
                requests.refused() + requests.refusedRightly(),
                requests.errors(),
                lag,
                terminal ? "\033[K" : System.lineSeparator());
        out.flush();
    }
}
