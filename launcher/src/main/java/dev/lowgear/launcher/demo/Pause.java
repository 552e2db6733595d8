package dev.lowgear.launcher.demo;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The time between two questions. */
final class Pause {
    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private Pause() {}

    static void briefly() throws InterruptedException {
        LockSupport.parkNanos(NANOS);
        if (Thread.interrupted()) {
            throw new InterruptedException("told to end");
        }
    }
}
