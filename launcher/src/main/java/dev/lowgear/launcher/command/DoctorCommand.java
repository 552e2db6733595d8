package dev.lowgear.launcher.command;

import dev.lowgear.launcher.doctor.Examination;
import dev.lowgear.launcher.doctor.Finding;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** {@code lowgear doctor}: what is wrong, and what to do about it. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Checks JDK, disk, ports, sockets, files, GPU driver and leftovers.")
public final class DoctorCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private DataOption data = new DataOption();
    @Mixin private StackOptions stack = new StackOptions();

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var findings = new Examination(data.folder(), stack.ports()).findings();
        for (var finding : findings) {
            out.printf("%-5s  %-16s  %s%n", finding.level(), finding.subject(), finding.seen());
            if (!finding.remedy().isEmpty()) {
                out.printf("%-5s  %-16s  -> %s%n", "", "", finding.remedy());
            }
        }
        boolean wrong = findings.stream().anyMatch(f -> f.level() == Finding.Level.WRONG);
        return wrong ? ExitCode.SOFTWARE : ExitCode.OK;
    }
}
