package dev.lowgear.launcher.command;

import dev.lowgear.launcher.part.ClockRelease;
import dev.lowgear.launcher.part.GuardianPart;
import dev.lowgear.launcher.stack.Installation;
import dev.lowgear.launcher.stack.PlanFile;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.nio.file.Files;
import java.util.List;

/** {@code lowgear release}: gives every clock back, whatever else runs or does not. */
@Command(
        name = "release",
        mixinStandardHelpOptions = true,
        description = {
            "Gives every GPU clock back now and keeps it so, with the rest of the system up or"
                    + " down.",
            "`lowgear release --resume` allows control again."
        })
public final class ReleaseCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private DataOption data = new DataOption();

    @Option(
            names = "--engine",
            paramLabel = "ID",
            description = "Only this engine (may be repeated). Standard: all of them.")
    private List<String> engines = List.of();

    @Option(names = "--resume", description = "Allow control again.")
    private boolean resume;

    @Override
    public void run() {
        var folder = data.folder();
        var out = spec.commandLine().getOut();
        folder.prepare();
        var release = new ClockRelease(folder);
        if (resume) {
            release.resume();
            out.println("control is allowed again");
            return;
        }
        release.ask(engines);
        if (Supervision.isRunning(folder)) {
            release.awaitDone(engines.isEmpty());
        } else if (Files.exists(folder.guardianJournal())) {
            PlanFile.find(folder)
                    .ifPresent(
                            plan -> new GuardianPart(plan, Installation.own()).resetFromJournal());
        }
        out.printf(
                "%s at the default clock; `lowgear release --resume` allows control again%n",
                engines.isEmpty() ? "all engines are" : String.join(", ", engines) + " held");
    }
}
