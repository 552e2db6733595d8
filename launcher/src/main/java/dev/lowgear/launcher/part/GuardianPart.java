package dev.lowgear.launcher.part;

import dev.lowgear.infrastructure.process.ChildProcess;
import dev.lowgear.infrastructure.process.ChildProcessException;
import dev.lowgear.infrastructure.process.JavaCommand;
import dev.lowgear.launcher.aot.AotStart;
import dev.lowgear.launcher.stack.CacheFolder;
import dev.lowgear.launcher.stack.ExtractedService;
import dev.lowgear.launcher.stack.Installation;
import dev.lowgear.launcher.stack.Service;
import dev.lowgear.launcher.stack.SimulatedEngine;
import dev.lowgear.launcher.stack.StackPlan;
import dev.lowgear.launcher.supervision.Part;
import dev.lowgear.launcher.supervision.RunningPart;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The guardian of the machine's clocks. One that is stopped (SIGSTOP) or hangs in a driver call
 * cannot give clocks back, so one that misses its answers is killed: the next resets from its
 * journal.
 */
public record GuardianPart(StackPlan plan, Installation installation) implements Part {
    static final String NAME = "guardian";

    private static final String MAIN_CLASS = "dev.lowgear.guardian.Guardian";
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** With its restart, a lock that a stopped guardian holds is gone within five seconds. */
    private static final Duration PATIENCE = Duration.ofMillis(1_500);

    private static final Duration ANSWER_WITHIN = Duration.ofMillis(500);
    private static final long STUCK_MILLIS = 2_000;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return List.of();
    }

    @Override
    public RunningPart start() {
        writeSettings();
        var command = command(List.of());
        return new AotStart(NAME, command, plan.data())
                .start((options, aot) ->
                        new RunningChild(
                                launch(command.withJvmOptions(options)),
                                aot,
                                GRACE,
                                PATIENCE,
                                this::answers));
    }

    private ChildProcess launch(JavaCommand command) {
        var process = spawn(command);
        try {
            process.awaitReady(READY_WITHIN, this::answers);
            return process;
        } catch (ChildProcessException e) {
            process.stop(Duration.ZERO);
            throw e;
        }
    }

    private ChildProcess spawn(JavaCommand command) {
        return ChildProcess.start(NAME, command.words(), Map.of(), plan.data().output(NAME));
    }

    private boolean answers() {
        try {
            var status = GuardianSocket.status(plan.data().guardianSocket(), ANSWER_WITHIN);
            return Long.parseLong(status.getOrDefault("beat-age-ms", "0")) < STUCK_MILLIS;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Resets what the journal says was left locked, with nothing else running.
     *
     * @throws ChildProcessException when it could not, with what the guardian printed
     */
    public void resetFromJournal() {
        writeSettings();
        try (var process = spawn(command(List.of("--reset")))) {
            int status = process.onExit().get(READY_WITHIN.toSeconds(), TimeUnit.SECONDS);
            if (status != 0) {
                throw new ChildProcessException(
                        "the guardian could not give every clock back:\n" + process.tail());
            }
        } catch (TimeoutException e) {
            throw new ChildProcessException("the guardian did not end in " + READY_WITHIN, e);
        } catch (ExecutionException e) {
            throw new ChildProcessException("could not wait for the guardian", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChildProcessException("interrupted while clocks are given back", e);
        }
    }

    private JavaCommand command(List<String> more) {
        var arguments =
                new ArrayList<>(List.of("--config", plan.data().guardianSettings().toString()));
        arguments.addAll(more);
        // The agent's libraries hold the guardian's jar and the little that it needs.
        var agent =
                ExtractedService.of(
                        Service.AGENT, installation, CacheFolder.at(plan.data().cache()));
        var own = agent.libraries("gpu-guardian-").getFirst();
        var classPath =
                Stream.of(
                                Stream.of(agent.tether(), own),
                                agent.libraries("core-0").stream(),
                                agent.libraries("jna-").stream(),
                                agent.libraries("jspecify-").stream())
                        .flatMap(jars -> jars)
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator));
        return new JavaCommand(
                JavaCommand.ownJava(),
                List.of(
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED"),
                classPath,
                MAIN_CLASS,
                arguments);
    }

    private void writeSettings() {
        var data = plan.data();
        var gpus =
                plan.engines().stream()
                        .map(SimulatedEngine::gpus)
                        .flatMap(List::stream)
                        .collect(Collectors.joining(","));
        var lines =
                List.of(
                        "actuator=simulated",
                        "simulated-gpu-directory=" + data.simulatedGpus(),
                        "socket=" + data.guardianSocket(),
                        "journal=" + data.guardianJournal(),
                        "release-file=" + data.releaseSentinel(),
                        "gpus=" + gpus);
        try {
            Files.write(data.guardianSettings(), lines);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + data.guardianSettings(), e);
        }
    }
}
