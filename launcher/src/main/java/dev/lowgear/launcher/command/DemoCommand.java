package dev.lowgear.launcher.command;

import dev.lowgear.launcher.UsageException;
import dev.lowgear.launcher.demo.DemoSetup;
import dev.lowgear.launcher.demo.DemoSummary;
import dev.lowgear.launcher.demo.DemoTrace;
import dev.lowgear.launcher.demo.Demonstration;
import dev.lowgear.launcher.demo.SummaryText;
import dev.lowgear.launcher.stack.Endpoint;
import dev.lowgear.launcher.stack.SimulatedEngine;
import dev.lowgear.launcher.stack.StackPlan;

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
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code lowgear demo}: sees for oneself what governing saves. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Starts everything with two simulated engines, one governed and one at the maximum",
            "clock, sends both the same traffic through the real API, and compares them."
        })
public final class DemoCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private DataOption data = new DataOption();
    @Mixin private StackOptions stack = new StackOptions();

    @Option(
            names = "--engine",
            paramLabel = "PROFILE",
            description = "Both simulated engines. Standard: ${DEFAULT-VALUE}.")
    private String engine = SimulatedEngine.STANDARD_PROFILE;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "An Azure 2023 CSV, or arrival_ms,prompt_tokens,output_tokens.")
    private @Nullable Path trace;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long requests arrive. Standard: ${DEFAULT-VALUE}.")
    private int seconds = 300;

    @Option(
            names = "--rate",
            paramLabel = "X",
            description = "Multiplies the trace's arrival rate. Standard: ${DEFAULT-VALUE}.")
    private double rate = 1;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the result there, too.")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var setup = setup();
        requireWritable(json);
        var folder = data.folder().within("demo");
        var plan = new StackPlan(folder, stack.ports(), setup.engines(), null, Map.of());
        var summary = run(plan, setup);
        if (json != null) {
            Files.write(json, SummaryText.json(summary));
        }
        AotCaches.make(folder, spec.commandLine().getOut());
        return ExitCode.OK;
    }

    private DemoSummary run(StackPlan plan, DemoSetup setup)
            throws IOException, InterruptedException {
        var out = spec.commandLine().getOut();
        // A model learned in an earlier demonstration would prove nothing about this one.
        try (var system = ShortLivedSystem.start(plan, out)) {
            announce(out, system.plan(), setup);
            var summary = new Demonstration(plan.ports(), setup, out, Terminal.isOne()).run();
            out.printf("%n%s", SummaryText.text(summary));
            out.printf(
                    "simulated: the two engines and their GPUs; everything else is what runs in"
                            + " production%n");
            out.flush();
            return summary;
        }
    }

    private static void announce(PrintWriter out, StackPlan plan, DemoSetup setup) {
        var sent = setup.trace();
        out.printf("OpenAI API  %s/v1  (while this runs)%n", plan.ports().url(Endpoint.GATEWAY));
        out.printf(
                "sending     %d requests of %s to two engines %s, in %d s%s%n%n",
                sent.requests().size(),
                sent.source(),
                setup.profile().id(),
                setup.length().toSeconds(),
                sent.clipped() == 0 ? "" : " (" + sent.clipped() + " cut to the model's window)");
        out.flush();
    }

    private DemoSetup setup() {
        if (seconds < 1 || seconds > 86_400) {
            throw new UsageException("--seconds must be in 1..86400, not " + seconds);
        }
        var profile = SimulatedEngine.profile(engine);
        var length = Duration.ofSeconds(seconds);
        return new DemoSetup(
                profile,
                DemoTrace.load(trace, rate, length, profile.limits().maxModelLength()),
                length);
    }

    private static void requireWritable(@Nullable Path file) {
        if (file == null) {
            return;
        }
        var folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || folder == null || !Files.isWritable(folder)) {
            throw new UsageException("--json " + file + " cannot be written");
        }
    }
}
