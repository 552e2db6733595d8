package dev.lowgear.launcher.supervision;

import dev.lowgear.infrastructure.process.ChildProcess;
import dev.lowgear.infrastructure.process.ChildProcessException;
import dev.lowgear.infrastructure.process.JavaCommand;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts a supervisor's process: detached, to outlive this one, or tethered, to end with it.
 *
 * @param mainClass the supervisor's main class
 * @param classPath as {@code -cp} takes it
 * @param jvmOptions for its JVM
 * @param planFile what it is to run
 * @param log what it logs is appended here
 */
public record SupervisorProcess(
        String mainClass, String classPath, List<String> jvmOptions, Path planFile, Path log) {
    /** Its name, as that of a part. */
    public static final String NAME = "supervisor";

    private static final List<String> OPTIONS =
            List.of(
                    "-Xmx96m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Dlowgear.log.level=INFO",
                    "-Dlowgear.exit.grace.seconds=140",
                    "--enable-native-access=ALL-UNNAMED");

    /** The same with more options for its JVM. */
    public SupervisorProcess withJvmOptions(List<String> more) {
        var all = new ArrayList<>(jvmOptions);
        all.addAll(more);
        return new SupervisorProcess(mainClass, classPath, all, planFile, log);
    }

    /** Its command when it is tethered to this process. */
    public JavaCommand command() {
        return new JavaCommand(
                JavaCommand.ownJava(),
                options(),
                classPath,
                mainClass,
                List.of(planFile.toString()));
    }

    /** Starts it in a session of its own, so that no terminal's end or Ctrl-C reaches it. */
    public ProcessHandle startDetached() {
        var command = new ArrayList<>(newSession());
        command.add(JavaCommand.ownJava().toString());
        command.addAll(options());
        command.addAll(List.of("-cp", classPath, mainClass, planFile.toString()));
        var builder =
                new ProcessBuilder(command)
                        .redirectInput(new File("/dev/null"))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            return builder.start().toHandle();
        } catch (IOException e) {
            throw new ChildProcessException("could not start the supervisor", e);
        }
    }

    /** Starts it as a child that ends with this process. */
    public ChildProcess startTethered() {
        var command = new ArrayList<>(newSession());
        command.addAll(command().words());
        return ChildProcess.start(NAME, command, Map.of(), log);
    }

    private List<String> options() {
        var options = new ArrayList<>(OPTIONS);
        options.addAll(jvmOptions);
        return options;
    }

    private static List<String> newSession() {
        for (var folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(folder, "setsid"))) {
                return List.of("setsid");
            }
        }
        return List.of("nohup");
    }
}
