package dev.lowgear.launcher.supervision;

import dev.lowgear.launcher.aot.AotUse;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A part that was ready. */
public interface RunningPart {
    /** The process that does the work. */
    long pid();

    /** What its JVM has to do with its AOT cache. */
    default AotUse aot() {
        return AotUse.NONE;
    }

    /** Its exit status, once it has ended. */
    CompletableFuture<Integer> onExit();

    /**
     * Whether it still answers, known within a fraction of its patience. One that does not for so
     * long is killed and started again: a stopped (SIGSTOP) process does not end by itself.
     */
    boolean answers() throws InterruptedException;

    /**
     * How long it may be silent: long enough for a busy machine, short enough for whoever waits.
     */
    Duration patience();

    /** Ends it in order, by force when that takes too long. */
    void stop();

    /** Ends it at once. */
    void kill();
}
