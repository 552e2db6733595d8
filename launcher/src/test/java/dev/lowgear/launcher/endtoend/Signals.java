package dev.lowgear.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/** What a test does to a process. */
enum Signals {
    /** Ends it at once. */
    KILL,
    /** Lets it neither run nor end. */
    STOP,
    /** Lets a stopped one go on. */
    CONT;

    void send(long pid) {
        assertThat(pid).as("process to send SIG%s to", this).isPositive();
        try {
            var kill =
                    new ProcessBuilder("kill", "-" + name(), Long.toString(pid))
                            .inheritIO()
                            .start();
            assertThat(kill.waitFor()).as("SIG%s to %d", this, pid).isZero();
        } catch (IOException e) {
            throw new AssertionError("cannot send a signal", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while sending a signal", e);
        }
    }
}
