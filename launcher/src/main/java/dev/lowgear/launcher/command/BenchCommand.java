package dev.lowgear.launcher.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lowgear bench}: measures the whole system on this machine. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures the whole system on this machine; docs/benchmarks.md has results.",
        subcommands = {BenchStartCommand.class, BenchSoakCommand.class})
public final class BenchCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say which bench");
    }
}
