package dev.lowgear.launcher.command;

import dev.lowgear.launcher.admin.AgentClient;
import dev.lowgear.launcher.stack.DataFolder;
import dev.lowgear.launcher.stack.Endpoint;
import dev.lowgear.launcher.stack.PlanFile;
import dev.lowgear.launcher.supervision.SystemState;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** {@code lowgear status}: what runs, and how it is. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Says what runs and how it is; exit code 1 unless everything is ready.")
public final class StatusCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private DataOption data = new DataOption();

    @Override
    public Integer call() {
        var folder = data.folder();
        var out = spec.commandLine().getOut();
        var state = SystemState.read(folder.state());
        if (!Supervision.isRunning(folder) || state.isEmpty()) {
            out.println("not running");
            return ExitCode.SOFTWARE;
        }
        printParts(out, state.get());
        printEngines(out, folder);
        return state.get().allReady() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static void printParts(PrintWriter out, SystemState state) {
        out.printf("%-12s %-9s %8s %9s  %s%n", "part", "state", "pid", "restarts", "for");
        out.printf(
                "%-12s %-9s %8d %9s  %s%n",
                "supervisor", "READY", state.supervisor(), "", since(state.startedAt()));
        for (var part : state.parts()) {
            out.printf(
                    "%-12s %-9s %8s %9d  %s %s%n",
                    part.name(),
                    part.phase(),
                    part.pid() == 0 ? "" : Long.toString(part.pid()),
                    part.restarts(),
                    since(part.since()),
                    part.detail().lines().findFirst().orElse(""));
        }
    }

    private static void printEngines(PrintWriter out, DataFolder folder) {
        var plan = PlanFile.find(folder);
        if (plan.isEmpty()) {
            return;
        }
        out.printf("%nOpenAI API  %s/v1%n", plan.get().ports().url(Endpoint.GATEWAY));
        try {
            new AgentClient(plan.get().ports().url(Endpoint.AGENT))
                    .engines()
                    .forEach(engine -> print(out, engine));
        } catch (IOException e) {
            out.println("the agent does not answer: " + e.getMessage());
        }
    }

    private static void print(PrintWriter out, AgentClient.Engine engine) {
        out.printf(
                "engine %s  %s  %s  %d MHz  %.0f J  %d requests%n",
                engine.engineId(),
                engine.profile(),
                engine.state(),
                engine.measuredClockMhz(),
                engine.energy().joules(),
                engine.served().completed());
    }

    private static String since(Instant then) {
        var elapsed = Duration.between(then, Instant.now());
        return "%d:%02d:%02d"
                .formatted(elapsed.toHours(), elapsed.toMinutesPart(), elapsed.toSecondsPart());
    }
}
