package dev.lowgear.launcher.supervision;

import java.util.concurrent.CompletableFuture;

/** A part that was ready. */
public interface RunningPart {
    /** The process that does the work. */
    long pid();

    /** Its exit status, once it has ended. */
    CompletableFuture<Integer> onExit();

    /**
     * Whether it still answers. One that does not for several checks in a row is killed and started
     * again: a stopped (SIGSTOP) process does not end by itself.
     */
    boolean answers();

    /** Ends it in order, by force when that takes too long. */
    void stop();

    /** Ends it at once. */
    void kill();
}
