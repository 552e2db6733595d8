package dev.lowgear.launcher;

import dev.lowgear.infrastructure.process.ChildProcessException;
import dev.lowgear.launcher.command.BenchCommand;
import dev.lowgear.launcher.command.DemoCommand;
import dev.lowgear.launcher.command.DoctorCommand;
import dev.lowgear.launcher.command.DownCommand;
import dev.lowgear.launcher.command.ReleaseCommand;
import dev.lowgear.launcher.command.SimulateCommand;
import dev.lowgear.launcher.command.StatusCommand;
import dev.lowgear.launcher.command.StudyCommand;
import dev.lowgear.launcher.command.TraceCommand;
import dev.lowgear.launcher.command.UpCommand;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: {@code lowgear COMMAND}. */
@Command(
        name = "lowgear",
        description = "Runs LLM-inference GPUs at the lowest-energy clock that keeps every SLO.",
        mixinStandardHelpOptions = true,
        version = "lowgear 0.1.0",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            ReleaseCommand.class,
            DoctorCommand.class,
            SimulateCommand.class,
            StudyCommand.class,
            TraceCommand.class,
            BenchCommand.class
        })
public final class Lowgear implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    private Lowgear() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /**
     * The command line, ready to be executed: 0 = done, 1 = failed, 2 = to be asked differently.
     */
    static CommandLine commandLine() {
        return new CommandLine(new Lowgear())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println("lowgear: " + failure.getMessage());
                    return switch (failure) {
                        case UsageException usage -> CommandLine.ExitCode.USAGE;
                        case ChildProcessException child -> CommandLine.ExitCode.SOFTWARE;
                        default -> {
                            failure.printStackTrace(command.getErr());
                            yield CommandLine.ExitCode.SOFTWARE;
                        }
                    };
                });
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say which command");
    }
}
