package dev.lowgear.launcher.aot;

import dev.lowgear.infrastructure.process.ChildProcess;

import java.time.Duration;

/**
 * What one run of a JVM has to do with its AOT cache.
 *
 * @param part the JVM's name
 * @param use what
 * @param recordings where it records
 */
public record AotRun(String part, AotUse use, Recordings recordings) {
    /** Added to the grace of a JVM that writes its recording when it exits. */
    private static final Duration TO_WRITE = Duration.ofSeconds(60);

    /** Ends the JVM in order, by force when the grace is over. */
    public void stop(ChildProcess process, Duration grace) {
        if (use.kind() != AotUse.Kind.RECORDING) {
            process.stop(grace);
        } else if (process.stop(grace.plus(TO_WRITE))) {
            recordings.end(part);
        }
    }
}
