package dev.lowgear.infrastructure.kafka;

import dev.lowgear.infrastructure.process.JavaCommand;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How to run a broker.
 *
 * @param directory where it keeps its records; survives restarts
 * @param port where clients connect, 0 = any free one
 * @param logFile what the broker logs (rolling); what its JVM prints goes beside it, as {@code
 *     .out}
 * @param classPath a class path that holds this module and Kafka, as {@code -cp} takes it
 * @param jvmOptions heap, collector, caches
 */
public record KafkaBrokerSettings(
        Path directory, int port, Path logFile, String classPath, List<String> jvmOptions) {

    private static final List<String> ALWAYS =
            List.of(
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-Djava.awt.headless=true",
                    "-Dlogback.configurationFile=lowgear-broker-logback.xml");

    public KafkaBrokerSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be in [0, 65535]: " + port);
        }
        jvmOptions = List.copyOf(jvmOptions);
    }

    /** A small broker on any free port, with this process's class path. */
    public static KafkaBrokerSettings in(Path directory) {
        return new KafkaBrokerSettings(
                directory,
                0,
                directory.resolve("broker.log"),
                JavaCommand.ownClassPath(),
                List.of("-Xmx256m", "-XX:+UseSerialGC"));
    }

    public KafkaBrokerSettings withPort(int newPort) {
        return new KafkaBrokerSettings(directory, newPort, logFile, classPath, jvmOptions);
    }

    public KafkaBrokerSettings withLogFile(Path newLogFile) {
        return new KafkaBrokerSettings(directory, port, newLogFile, classPath, jvmOptions);
    }

    public KafkaBrokerSettings withClassPath(String newClassPath) {
        return new KafkaBrokerSettings(directory, port, logFile, newClassPath, jvmOptions);
    }

    /** With more options for the JVM. */
    public KafkaBrokerSettings withJvmOptions(List<String> more) {
        var options = new ArrayList<>(jvmOptions);
        options.addAll(more);
        return new KafkaBrokerSettings(directory, port, logFile, classPath, options);
    }

    /** Compiled once only: half the processor time to start, slower under heavy load. */
    public KafkaBrokerSettings quickToStart() {
        return withJvmOptions(List.of("-XX:TieredStopAtLevel=1"));
    }

    Path outputFile() {
        return logFile.resolveSibling(logFile.getFileName() + ".out");
    }

    /** The command that runs the broker, for whoever wants to know its options and class path. */
    public JavaCommand command(int clientPort, int controllerPort) {
        var options = new ArrayList<>(ALWAYS);
        options.addAll(jvmOptions);
        options.add("-Dlowgear.log.file=" + logFile.toAbsolutePath());
        return new JavaCommand(
                JavaCommand.ownJava(),
                options,
                classPath,
                KafkaBrokerMain.class.getName(),
                List.of(
                        directory.toAbsolutePath().resolve("records").toString(),
                        Integer.toString(clientPort),
                        Integer.toString(controllerPort)));
    }
}
