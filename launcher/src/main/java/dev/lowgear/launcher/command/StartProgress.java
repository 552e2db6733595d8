package dev.lowgear.launcher.command;

import dev.lowgear.infrastructure.process.ChildProcessException;
import dev.lowgear.launcher.aot.AotUse;
import dev.lowgear.launcher.stack.DataFolder;
import dev.lowgear.launcher.supervision.PartState;
import dev.lowgear.launcher.supervision.SupervisorProcess;
import dev.lowgear.launcher.supervision.SystemState;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Watches a supervisor start its parts, and says how far it is. */
final class StartProgress {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final int FAILURES_ALLOWED = 3;

    private final DataFolder data;
    private final ProcessHandle supervisor;
    private final AotUse aot;
    private final PrintWriter out;
    private final long begun = System.nanoTime();
    private final Set<String> told = new HashSet<>();

    /**
     * Watches a start.
     *
     * @param aot what the supervisor's own JVM has to do with its AOT cache
     */
    StartProgress(DataFolder data, ProcessHandle supervisor, AotUse aot, PrintWriter out) {
        this.data = data;
        this.supervisor = supervisor;
        this.aot = aot;
        this.out = out;
    }

    /**
     * Returns when every part is ready.
     *
     * @throws ChildProcessException when one does not become ready, with why and where its log is
     */
    void awaitReady() {
        while (true) {
            if (ended()) {
                throw new ChildProcessException(
                        "the supervisor ended while starting: see " + data.log("supervisor"));
            }
            var state =
                    SystemState.read(data.state())
                            .filter(written -> written.supervisor() == supervisor.pid());
            if (state.isPresent()) {
                tell(state.get());
                if (state.get().allReady()) {
                    tellOfCaches(state.get());
                    return;
                }
            }
            if (elapsed().compareTo(PATIENCE) > 0) {
                throw new ChildProcessException("not everything was ready within " + PATIENCE);
            }
        }
    }

    private void tell(SystemState state) {
        for (var part : state.parts()) {
            if (part.phase() == PartState.Phase.READY && told.add(part.name())) {
                out.printf("  %-10s ready  %5.1f s%n", part.name(), elapsed().toMillis() / 1e3);
                out.flush();
            }
            if (part.failures() >= FAILURES_ALLOWED || part.phase() == PartState.Phase.GIVEN_UP) {
                throw new ChildProcessException(
                        "%s does not start (its log: %s): %s"
                                .formatted(part.name(), data.log(part.name()), part.detail()));
            }
        }
    }

    private void tellOfCaches(SystemState state) {
        var uses = new LinkedHashMap<String, AotUse>();
        uses.put(SupervisorProcess.NAME, aot);
        state.parts().forEach(part -> uses.put(part.name(), part.start().aot()));
        uses.forEach((part, use) -> {
            if (!use.remark().isEmpty()) {
                out.printf("  %-10s its AOT cache was rejected: %s%n", part, use.remark());
            }
        });
        long without =
                uses.values().stream().filter(use -> use.kind() == AotUse.Kind.RECORDING).count();
        if (without > 0) {
            out.printf(
                    "  %d of %d JVMs started without an AOT cache; they are made when this ends,"
                            + " and later starts are faster%n",
                    without,
                    uses.values().stream().filter(use -> use.kind() != AotUse.Kind.NONE).count());
        }
        out.flush();
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private boolean ended() {
        try {
            supervisor.onExit().get(POLL.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChildProcessException("interrupted while starting", e);
        } catch (ExecutionException e) {
            throw new ChildProcessException("could not watch the supervisor", e);
        }
    }
}
