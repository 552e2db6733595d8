package dev.lowgear.launcher.command;

import dev.lowgear.infrastructure.process.ChildProcess;
import dev.lowgear.infrastructure.process.ChildProcessException;
import dev.lowgear.infrastructure.process.TemporaryFolder;
import dev.lowgear.launcher.UsageException;
import dev.lowgear.launcher.chat.FirstToken;
import dev.lowgear.launcher.measure.ProcessMeter;
import dev.lowgear.launcher.measure.StartTimes;
import dev.lowgear.launcher.stack.Endpoint;
import dev.lowgear.launcher.stack.StackPlan;
import dev.lowgear.launcher.supervision.Leftovers;
import dev.lowgear.launcher.supervision.SystemState;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;

/** A system that starts from nothing and ends with the command that needs it. */
final class ShortLivedSystem implements AutoCloseable {
    private static final Duration ANSWER_WITHIN = Duration.ofMinutes(1);

    private final StackPlan plan;
    private final ChildProcess supervisor;
    private final Instant begun;
    private final long begunNanos;

    private ShortLivedSystem(
            StackPlan plan, ChildProcess supervisor, Instant begun, long begunNanos) {
        this.plan = plan;
        this.supervisor = supervisor;
        this.begun = begun;
        this.begunNanos = begunNanos;
    }

    /**
     * Deletes what an earlier one left in the plan's folder, and starts it.
     *
     * @throws UsageException when one runs on the folder
     * @throws ChildProcessException when it does not become ready
     */
    static ShortLivedSystem start(StackPlan plan, PrintWriter out) {
        var begun = Instant.now();
        long begunNanos = System.nanoTime();
        var folder = plan.data();
        folder.prepare();
        if (Supervision.isRunning(folder)) {
            throw new UsageException("another such command runs on " + folder.root() + " already");
        }
        Leftovers.clear(folder);
        TemporaryFolder.delete(folder.root());
        folder.prepare();
        var prepared = Supervision.prepare(plan);
        var supervisor = prepared.process().startTethered();
        var system = new ShortLivedSystem(plan, supervisor, begun, begunNanos);
        // Ctrl-C: wait until everything has ended before the prompt comes back.
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .unstarted(() -> supervisor.stop(Supervision.ORDERLY_END)));
        try {
            out.printf("starting on %s%n", folder.root());
            out.flush();
            var handle = ProcessHandle.of(supervisor.pid()).orElseThrow();
            new StartProgress(folder, handle, prepared.aot(), out).awaitReady();
            return system;
        } catch (ChildProcessException e) {
            system.close();
            throw e;
        }
    }

    StackPlan plan() {
        return plan;
    }

    /** What runs, as the supervisor says. */
    SystemState state() {
        return SystemState.read(plan.data().state()).orElseThrow();
    }

    /** Sends the first request, and says what every step took until its first token came. */
    StartTimes awaitFirstToken() throws InterruptedException {
        long firstToken =
                FirstToken.await(
                        plan.ports().url(Endpoint.GATEWAY),
                        plan.engines().getFirst().model(),
                        ANSWER_WITHIN);
        return StartTimes.of(
                state(),
                begun,
                Duration.ofNanos(firstToken - begunNanos),
                ProcessMeter.cpuSecondsOfTree(supervisor.pid()));
    }

    /** Ends it; what it recorded, if anything, is whole then. */
    @Override
    public void close() {
        if (supervisor.stop(Supervision.ORDERLY_END)) {
            Supervision.endedInOrder(plan.data());
        }
    }
}
