package dev.lowgear.launcher.command;

import dev.lowgear.infrastructure.process.ChildProcessException;
import dev.lowgear.launcher.LowgearSupervisor;
import dev.lowgear.launcher.aot.AotStart;
import dev.lowgear.launcher.aot.AotUse;
import dev.lowgear.launcher.aot.Recordings;
import dev.lowgear.launcher.stack.DataFolder;
import dev.lowgear.launcher.stack.Installation;
import dev.lowgear.launcher.stack.PlanFile;
import dev.lowgear.launcher.stack.Service;
import dev.lowgear.launcher.stack.StackPlan;
import dev.lowgear.launcher.supervision.Leftovers;
import dev.lowgear.launcher.supervision.SupervisorLock;
import dev.lowgear.launcher.supervision.SupervisorProcess;
import dev.lowgear.launcher.supervision.SystemState;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starting and ending the supervisor of a data folder. */
final class Supervision {
    /** A first start writes recordings down while it ends. */
    static final Duration ORDERLY_END = Duration.ofSeconds(150);

    private static final Duration KILLED = Duration.ofSeconds(30);

    private Supervision() {}

    static boolean isRunning(DataFolder data) {
        return SupervisorLock.isHeld(data.lock());
    }

    /**
     * What to start.
     *
     * @param process the supervisor
     * @param aot what its own JVM has to do with its AOT cache
     */
    record Prepared(SupervisorProcess process, AotUse aot) {}

    /** Checks everything that can be checked before a start, and says what to start. */
    static Prepared prepare(StackPlan plan) {
        Leftovers.clear(plan.data());
        plan.ports().requireFree();
        var installation = Installation.own();
        for (var service : Service.values()) {
            installation.serviceJar(service);
        }
        var process =
                new SupervisorProcess(
                        LowgearSupervisor.class.getName(),
                        installation.launcherClassPath(),
                        List.of(installation.asProperty()),
                        PlanFile.write(plan),
                        plan.data().log(SupervisorProcess.NAME));
        new Recordings(plan.data()).clear();
        var chosen = new AotStart(SupervisorProcess.NAME, process.command(), plan.data()).choose();
        return new Prepared(process.withJvmOptions(chosen.jvmOptions()), chosen.use());
    }

    /** Says that a supervisor ended in order, so that what its JVM recorded is whole. */
    static void endedInOrder(DataFolder data) {
        new Recordings(data).end(SupervisorProcess.NAME);
    }

    /** Ends it and everything that it runs; returns when nothing is left. */
    static void end(DataFolder data) {
        var supervisor =
                SystemState.read(data.state())
                        .flatMap(state -> ProcessHandle.of(state.supervisor()))
                        .orElseThrow(() ->
                                new ChildProcessException(
                                        "somebody holds "
                                                + data.lock()
                                                + ", but not who "
                                                + data.state()
                                                + " names"));
        supervisor.destroy();
        if (ends(supervisor, ORDERLY_END)) {
            endedInOrder(data);
        } else {
            supervisor.destroyForcibly();
            if (!ends(supervisor, KILLED)) {
                throw new ChildProcessException(
                        "supervisor (pid " + supervisor.pid() + ") does not end");
            }
        }
        Leftovers.clear(data);
    }

    private static boolean ends(ProcessHandle process, Duration within) {
        try {
            process.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChildProcessException("interrupted while ending the supervisor", e);
        } catch (ExecutionException e) {
            throw new ChildProcessException("could not wait for the supervisor", e);
        }
    }
}
