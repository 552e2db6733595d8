package dev.lowgear.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/** Sends signals to processes. */
public final class Signals {
    private Signals() {}

    /** Stops a process where it is: it neither runs nor ends. */
    public static void stop(long pid) throws IOException, InterruptedException {
        send("-STOP", pid);
    }

    /** Lets it go on. */
    public static void resume(long pid) throws IOException, InterruptedException {
        send("-CONT", pid);
    }

    private static void send(String signal, long pid) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", signal, Long.toString(pid)).inheritIO().start();
        assertThat(kill.waitFor()).isZero();
    }
}
