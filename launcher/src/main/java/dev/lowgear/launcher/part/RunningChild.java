package dev.lowgear.launcher.part;

import dev.lowgear.infrastructure.process.ChildProcess;
import dev.lowgear.launcher.aot.AotRun;
import dev.lowgear.launcher.aot.AotUse;
import dev.lowgear.launcher.supervision.RunningPart;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A running part that is one child process.
 *
 * @param process the child
 * @param aotRun what its JVM has to do with its AOT cache
 * @param grace how long it may take to end in order
 * @param patience how long it may be silent
 * @param alive asks it for a sign of life
 */
record RunningChild(
        ChildProcess process, AotRun aotRun, Duration grace, Duration patience, SignOfLife alive)
        implements RunningPart {

    /** Asks a process whether it still works; within a second or so. */
    interface SignOfLife {
        boolean isGiven() throws InterruptedException;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public CompletableFuture<Integer> onExit() {
        return process.onExit();
    }

    @Override
    public AotUse aot() {
        return aotRun.use();
    }

    @Override
    public boolean answers() throws InterruptedException {
        return alive.isGiven();
    }

    @Override
    public void stop() {
        aotRun.stop(process, grace);
    }

    @Override
    public void kill() {
        process.stop(Duration.ZERO);
    }
}
