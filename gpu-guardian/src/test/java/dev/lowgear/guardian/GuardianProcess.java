package dev.lowgear.guardian;

import static org.awaitility.Awaitility.await;

import dev.lowgear.guardian.client.GuardianClient;
import dev.lowgear.guardian.client.GuardianClientSettings;
import dev.lowgear.guardian.gpu.SimulatedGpuFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A guardian in a JVM of its own, with two simulated GPUs, in one directory. */
final class GuardianProcess implements AutoCloseable {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    private final Path directory;
    final Process process;

    private GuardianProcess(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
    }

    /** Starts one that serves; further lines are added to its configuration. */
    static GuardianProcess serving(Path directory, String... lines) throws IOException {
        GuardianProcess guardian = start(directory, config(directory, lines), List.of());
        await().atMost(LONG_ENOUGH)
                .until(() -> {
                    if (!guardian.process.isAlive()) {
                        throw new IllegalStateException("ended: " + guardian.log());
                    }
                    return guardian.log().contains("event=started");
                });
        return guardian;
    }

    /** Starts one with arguments after its configuration, if that is there. */
    static GuardianProcess start(Path directory, Path config, List<String> arguments)
            throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx16m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Guardian.class.getName(),
                                "--config",
                                config.toString()));
        command.addAll(arguments);
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(directory.resolve("out.log").toFile())
                        .redirectError(directory.resolve("err.log").toFile())
                        .start();
        return new GuardianProcess(directory, process);
    }

    static Path config(Path directory, String... lines) throws IOException {
        String common =
                """
                socket=%1$s/guardian.sock
                journal=%1$s/journal
                actuator=simulated
                simulated-gpu-directory=%1$s/gpus
                gpus=GPU-a,GPU-b
                release-file=%1$s/release
                """
                        .formatted(directory);
        return Files.writeString(
                directory.resolve("guardian.properties"),
                common + Arrays.stream(lines).collect(Collectors.joining("\n")));
    }

    GuardianClient client() throws IOException {
        return GuardianClient.open(
                new GuardianClientSettings(
                        directory.resolve("guardian.sock"),
                        Duration.ofSeconds(20),
                        Duration.ofMillis(200),
                        Duration.ofMillis(200),
                        100));
    }

    /** What is requested of a simulated GPU, read from its file as its simulator does. */
    int clock(String uuid) throws IOException {
        try (SimulatedGpuFile file = SimulatedGpuFile.open(directory.resolve("gpus"), uuid)) {
            return file.clockMhz();
        }
    }

    void awaitClock(String uuid, int clockMhz) {
        await().atMost(LONG_ENOUGH).until(() -> clock(uuid) == clockMhz);
    }

    String log() throws IOException {
        return Files.readString(directory.resolve("err.log"));
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    }

    /** Stops it as a debugger would, and waits until the kernel has. */
    void stop() throws IOException, InterruptedException {
        signal("STOP");
        Path state = Path.of("/proc", String.valueOf(process.pid()), "stat");
        await().atMost(LONG_ENOUGH).until(() -> Files.readString(state).contains(") T "));
    }

    int awaitEnd() {
        return process.onExit()
                .orTimeout(LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS)
                .join()
                .exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitEnd();
    }
}
