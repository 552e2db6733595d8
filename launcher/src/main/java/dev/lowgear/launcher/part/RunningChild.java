package dev.lowgear.launcher.part;

import dev.lowgear.infrastructure.process.ChildProcess;
import dev.lowgear.launcher.supervision.RunningPart;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** A running part that is one child process. */
record RunningChild(ChildProcess process, Duration grace, BooleanSupplier alive)
        implements RunningPart {

    /** One that is taken to be well while its process lives. */
    static RunningChild of(ChildProcess process, Duration grace) {
        return new RunningChild(process, grace, process::isAlive);
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
    public boolean answers() {
        return alive.getAsBoolean();
    }

    @Override
    public void stop() {
        process.stop(grace);
    }

    @Override
    public void kill() {
        process.stop(Duration.ZERO);
    }
}
