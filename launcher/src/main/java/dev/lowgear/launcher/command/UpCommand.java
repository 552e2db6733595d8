package dev.lowgear.launcher.command;

import dev.lowgear.infrastructure.process.ChildProcessException;
import dev.lowgear.launcher.UsageException;
import dev.lowgear.launcher.chat.FirstToken;
import dev.lowgear.launcher.measure.ProcessMeter;
import dev.lowgear.launcher.measure.StartTimes;
import dev.lowgear.launcher.stack.DataFolder;
import dev.lowgear.launcher.stack.Endpoint;
import dev.lowgear.launcher.stack.PlanFile;
import dev.lowgear.launcher.stack.Service;
import dev.lowgear.launcher.stack.SimulatedEngine;
import dev.lowgear.launcher.stack.StackPlan;
import dev.lowgear.launcher.supervision.SystemState;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code lowgear up}: starts everything and leaves it running. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts everything on this machine and leaves it running.")
public final class UpCommand implements Runnable {
    private static final Duration FIRST_TOKEN_WITHIN = Duration.ofMinutes(1);

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private DataOption data = new DataOption();
    @Mixin private StackOptions stack = new StackOptions();

    @Option(
            names = "--engine",
            paramLabel = "PROFILE",
            description = "The simulated engine. Standard: ${DEFAULT-VALUE}.")
    private String engine = SimulatedEngine.STANDARD_PROFILE;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A YAML file that configures the agent, with engines of its own.")
    private @Nullable Path config;

    @Option(
            names = "--timing",
            description = "Sends a first request and says what each step of the start took.")
    private boolean timing;

    @Option(
            names = "--env",
            paramLabel = "SERVICE:NAME=VALUE",
            description =
                    "Added to the environment of one service's process, such as"
                            + " agent:JAVA_TOOL_OPTIONS=-Xlog:gc. May be given again.")
    private Map<String, String> environment = new LinkedHashMap<>();

    @Override
    public void run() {
        if (timing && config != null) {
            throw new UsageException("--timing needs the simulated engine: leave --config out");
        }
        var out = spec.commandLine().getOut();
        var folder = data.folder();
        var plan =
                new StackPlan(folder, stack.ports(), engines(), readable(config), environments());
        folder.prepare();
        if (Supervision.isRunning(folder)) {
            out.println("already running; `lowgear status` says how");
            PlanFile.find(folder).ifPresent(running -> printAddresses(out, running));
            return;
        }
        start(plan, out);
        printAddresses(out, plan);
        if (timing) {
            printTimes(out, plan);
        }
    }

    private void start(StackPlan plan, PrintWriter out) {
        var prepared = Supervision.prepare(plan);
        out.printf("starting on %s%n", plan.data().root());
        out.flush();
        var supervisor = prepared.process().startDetached();
        try {
            new StartProgress(plan.data(), supervisor, prepared.aot(), out).awaitReady();
        } catch (ChildProcessException e) {
            if (Supervision.isRunning(plan.data())) {
                Supervision.end(plan.data());
            }
            throw e;
        }
    }

    /** From the start of the command's own JVM; what the script did before is not in it. */
    private static void printTimes(PrintWriter out, StackPlan plan) {
        var begun =
                ProcessHandle.current()
                        .info()
                        .startInstant()
                        .orElseThrow(() ->
                                new UsageException(
                                        "--timing: this machine does not say when a process"
                                                + " began"));
        var model = plan.engines().getFirst().model();
        try {
            FirstToken.await(plan.ports().url(Endpoint.GATEWAY), model, FIRST_TOKEN_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChildProcessException("interrupted while waiting for a first token", e);
        }
        var state = SystemState.read(plan.data().state()).orElseThrow();
        var cpu = ProcessMeter.cpuSecondsOfTree(state.supervisor());
        var firstToken = Duration.between(begun, Instant.now());
        out.printf("%n%s", StartTimes.of(state, begun, firstToken, cpu).text());
    }

    private List<SimulatedEngine> engines() {
        if (config != null) {
            return List.of();
        }
        var profile = SimulatedEngine.profile(engine);
        return List.of(
                SimulatedEngine.of(0, profile.model().id(), profile.model().id(), profile, 1));
    }

    private Map<Service, Map<String, String>> environments() {
        var byService = new EnumMap<Service, Map<String, String>>(Service.class);
        environment.forEach((key, value) -> {
            int colon = key.indexOf(':');
            if (colon < 1 || colon == key.length() - 1) {
                throw new UsageException(
                        "--env takes SERVICE:NAME=VALUE, not '%s=%s'".formatted(key, value));
            }
            byService
                    .computeIfAbsent(
                            Service.named(key.substring(0, colon)), _ -> new LinkedHashMap<>())
                    .put(key.substring(colon + 1), value);
        });
        return byService;
    }

    private static @Nullable Path readable(@Nullable Path config) {
        if (config != null && !Files.isReadable(config)) {
            throw new UsageException("--config " + config + " is not a readable file");
        }
        return config;
    }

    private static void printAddresses(PrintWriter out, StackPlan plan) {
        DataFolder folder = plan.data();
        out.printf("OpenAI API  %s/v1%n", plan.ports().url(Endpoint.GATEWAY));
        out.printf("logs        %s%n", folder.logs());
        out.printf("stop        lowgear down --data %s%n", folder.root());
    }
}
