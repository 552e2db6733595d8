package dev.lowgear.launcher.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lowgear down}: ends everything; data stay. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = {
            "Ends everything that `up` started. Data stay.",
            "After a first start it then makes AOT caches, which the next start runs from."
        })
public final class DownCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private DataOption data = new DataOption();

    @Override
    public void run() {
        var folder = data.folder();
        var out = spec.commandLine().getOut();
        if (!Supervision.isRunning(folder)) {
            out.println("not running");
            return;
        }
        Supervision.end(folder);
        out.println("ended; data stay in " + folder.root());
        out.flush();
        AotCaches.make(folder, out);
    }
}
