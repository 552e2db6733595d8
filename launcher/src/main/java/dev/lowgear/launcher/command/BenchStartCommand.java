package dev.lowgear.launcher.command;

import dev.lowgear.infrastructure.process.TemporaryFolder;
import dev.lowgear.launcher.UsageException;
import dev.lowgear.launcher.measure.Machine;
import dev.lowgear.launcher.measure.StartComparison;
import dev.lowgear.launcher.measure.StartComparison.Kind;
import dev.lowgear.launcher.measure.StartTimes;
import dev.lowgear.launcher.stack.DataFolder;
import dev.lowgear.launcher.stack.SimulatedEngine;
import dev.lowgear.launcher.stack.StackPlan;
import dev.lowgear.launcher.stack.StackPorts;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** {@code lowgear bench start}: what each step of a start takes, with and without caches. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description = {
            "Starts the system from nothing, then with its services extracted, then with AOT",
            "caches, each on an empty database, and says what each step took: the median of the",
            "rounds, as a Markdown table."
        })
public final class BenchStartCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private DataOption data = new DataOption();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often each of the three is measured. Standard: ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Override
    public void run() {
        if (rounds < 1 || rounds > 100) {
            throw new UsageException("--rounds must be in 1..100, not " + rounds);
        }
        var out = spec.commandLine().getOut();
        // A cache of its own: the first of each round starts without any.
        var root = data.folder().root().resolve("bench");
        var folder = new DataFolder(root.resolve("start"), root.resolve("cache"));
        var machine = Machine.here();
        var comparison = new StartComparison();
        try {
            for (int round = 1; round <= rounds; round++) {
                TemporaryFolder.delete(folder.cache());
                measure(comparison, Kind.FROM_NOTHING, folder, round, out);
                AotCaches.make(folder, out);
                measure(comparison, Kind.AOT_CACHES, folder, round, out);
                TemporaryFolder.delete(folder.cache().resolve("aot"));
                measure(comparison, Kind.EXTRACTED, folder, round, out);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UsageException("interrupted");
        } finally {
            TemporaryFolder.delete(root);
        }
        out.printf(
                "%n%s, load %.1f before and %.1f after, median of %d%n%n%s",
                machine.text(),
                machine.load(),
                Machine.here().load(),
                rounds,
                comparison.markdown());
    }

    private void measure(
            StartComparison comparison, Kind kind, DataFolder folder, int round, PrintWriter out)
            throws InterruptedException {
        out.printf("%nround %d of %d: %s%n", round, rounds, kind.text());
        try (var system = ShortLivedSystem.start(plan(folder), out)) {
            StartTimes times = system.awaitFirstToken();
            comparison.add(kind, times);
            out.print(times.text());
            out.flush();
        }
    }

    private static StackPlan plan(DataFolder folder) {
        var profile = SimulatedEngine.profile(SimulatedEngine.STANDARD_PROFILE);
        var engine = SimulatedEngine.of(0, profile.model().id(), profile.model().id(), profile, 1);
        return new StackPlan(folder, StackPorts.free(Map.of()), List.of(engine), null, Map.of());
    }
}
