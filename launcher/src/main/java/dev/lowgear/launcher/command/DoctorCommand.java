package dev.lowgear.launcher.command;

import dev.lowgear.infrastructure.process.TemporaryFolder;
import dev.lowgear.launcher.doctor.Examination;
import dev.lowgear.launcher.doctor.Finding;
import dev.lowgear.launcher.stack.SimulatedEngine;
import dev.lowgear.launcher.stack.StackPlan;
import dev.lowgear.launcher.stack.StackPorts;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
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

    @Option(
            names = "--warm",
            description = {
                "First starts a system of its own on free ports and makes the AOT caches from it,",
                "so that the next start, even the first, is a fast one."
            })
    private boolean warm;

    @Override
    public Integer call() throws InterruptedException {
        var out = spec.commandLine().getOut();
        if (warm) {
            warmUp(out);
        }
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

    private void warmUp(PrintWriter out) throws InterruptedException {
        var folder = data.folder().within("warm");
        var profile = SimulatedEngine.profile(SimulatedEngine.STANDARD_PROFILE);
        var engine = SimulatedEngine.of(0, profile.model().id(), profile.model().id(), profile, 1);
        var plan =
                new StackPlan(folder, StackPorts.free(Map.of()), List.of(engine), null, Map.of());
        try (var system = ShortLivedSystem.start(plan, out)) {
            out.printf("%n%s%n", system.awaitFirstToken().text());
            out.flush();
        }
        AotCaches.make(folder, out);
        TemporaryFolder.delete(folder.root());
        out.println();
    }
}
