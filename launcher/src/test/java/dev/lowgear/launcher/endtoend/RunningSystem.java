package dev.lowgear.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.infrastructure.process.TemporaryFolder;
import dev.lowgear.launcher.CommandRun;
import dev.lowgear.launcher.stack.DataFolder;
import dev.lowgear.launcher.stack.PlanFile;
import dev.lowgear.launcher.stack.Service;
import dev.lowgear.launcher.stack.StackPlan;
import dev.lowgear.launcher.supervision.PartState;
import dev.lowgear.launcher.supervision.SystemState;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One system that all end-to-end tests share: a start takes half a minute and more. Where it is
 * possible the clocks of its parts are hours apart: no absolute time decides anything across hosts.
 */
final class RunningSystem {
    /** Long enough for a part to start on a machine that is busy with other things. */
    static final Duration SOON = Duration.ofMinutes(2);

    /** By how much the agent's wall clock is wrong. */
    static final Duration AGENT_CLOCK = Duration.ofHours(1);

    /** By how much the scheduler's is. */
    static final Duration SCHEDULER_CLOCK = Duration.ofHours(-1);

    private static final RunningSystem SHARED = new RunningSystem();

    private final Path folder = TemporaryFolder.create("lg");
    private final DataFolder data = DataFolder.at(folder);

    private RunningSystem() {
        up();
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .unstarted(() -> {
                                    end();
                                    TemporaryFolder.delete(folder);
                                }));
    }

    /**
     * In order, but without the caches that {@code down} would make for another start. The
     * supervisor is found as the parent of the others: its own command line is too long to be read.
     */
    private void end() {
        processes().stream()
                .flatMap(process -> process.parent().stream())
                .filter(parent -> parent.pid() == state().supervisor())
                .findFirst()
                .ifPresent(ProcessHandle::destroy);
        await("the end of every process", SOON, () -> processes().isEmpty());
    }

    static RunningSystem shared() {
        return SHARED;
    }

    DataFolder data() {
        return data;
    }

    StackPlan plan() {
        return PlanFile.find(data).orElseThrow();
    }

    void up() {
        List<String> words =
                new ArrayList<>(List.of("up", "--data", folder.toString(), "--ports", "auto"));
        words.addAll(skewed(Service.AGENT, AGENT_CLOCK));
        words.addAll(skewed(Service.SCHEDULER, SCHEDULER_CLOCK));
        var run = CommandRun.of(words.toArray(String[]::new));
        assertThat(run.status()).as(run.out() + run.err()).isZero();
    }

    private static List<String> skewed(Service service, Duration offset) {
        List<String> words = new ArrayList<>();
        SkewedClock.by(offset)
                .forEach((name, value) -> {
                    words.add("--env");
                    words.add(service.part() + ":" + name + "=" + value);
                });
        return words;
    }

    CommandRun command(String name) {
        return CommandRun.of(name, "--data", folder.toString());
    }

    SystemState state() {
        return SystemState.read(data.state()).orElseThrow();
    }

    PartState part(String name) {
        return state().parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Waits until every part is ready. */
    void awaitReady() {
        await("all parts ready", SOON, () -> state().allReady());
    }

    /** Waits until a part is ready in another process than before; when that was. */
    long awaitStartedAgain(PartState before) {
        await(
                "another " + before.name(),
                SOON,
                () -> {
                    var now = part(before.name());
                    return now.phase() == PartState.Phase.READY && now.pid() != before.pid();
                });
        return System.nanoTime();
    }

    /** Every process that belongs to it. */
    List<ProcessHandle> processes() {
        return Processes.of(folder);
    }

    static void await(String what, Duration within, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + within.toNanos();
        try {
            while (!condition.call()) {
                assertThat(System.nanoTime()).as(what).isLessThan(deadline);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        } catch (Exception e) {
            throw new AssertionError("could not ask whether " + what, e);
        }
    }
}
