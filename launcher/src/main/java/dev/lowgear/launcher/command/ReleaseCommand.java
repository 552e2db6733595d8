package dev.lowgear.launcher.command;

import dev.lowgear.launcher.part.ClockRelease;
import dev.lowgear.launcher.part.GuardianPart;
import dev.lowgear.launcher.stack.Installation;
import dev.lowgear.launcher.stack.PlanFile;
import dev.lowgear.launcher.stack.StackPlan;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
        release.ask();
        if (Supervision.isRunning(folder)) {
            release.awaitDone();
        } else {
            PlanFile.find(folder).ifPresent(plan -> resetFromJournal(plan, release));
        }
        out.println("all clocks are back; `lowgear release --resume` allows control again");
    }

    /** A guardian that starts resets what its journal says was left locked. */
    private static void resetFromJournal(StackPlan plan, ClockRelease release) {
        var guardian = new GuardianPart(plan, Installation.own()).start();
        try {
            release.awaitDone();
        } finally {
            guardian.stop();
        }
    }
}
