package dev.lowgear.launcher.part;

import dev.lowgear.infrastructure.process.ChildProcessException;
import dev.lowgear.launcher.stack.DataFolder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** An operator's release: a file that the guardian watches, needing nobody else. */
public final class ClockRelease {
    private static final Duration DONE_WITHIN = Duration.ofSeconds(10);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(50);

    private final DataFolder data;

    public ClockRelease(DataFolder data) {
        this.data = data;
    }

    /**
     * Asks for clocks.
     *
     * @param engines whose; none means all
     */
    public void ask(List<String> engines) {
        try {
            Files.write(data.releaseSentinel(), engines);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + data.releaseSentinel(), e);
        }
    }

    /** Takes the request back. */
    public void resume() {
        try {
            Files.deleteIfExists(data.releaseSentinel());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + data.releaseSentinel(), e);
        }
    }

    /**
     * Waits until the running guardian says that it has done so.
     *
     * @param all whether no clock at all may be left locked
     * @throws ChildProcessException when it does not in time
     */
    public void awaitDone(boolean all) {
        long deadline = System.nanoTime() + DONE_WITHIN.toNanos();
        var last = "";
        while (System.nanoTime() < deadline) {
            try {
                var status = GuardianSocket.status(data.guardianSocket(), ANSWER_WITHIN);
                last = status.toString();
                if ("true".equals(status.get("release-asked"))
                        && (!all || "0".equals(status.get("locked-gpus")))) {
                    return;
                }
            } catch (IOException e) {
                last = String.valueOf(e.getMessage());
            }
            LockSupport.parkNanos(TimeUnit.NANOSECONDS.convert(POLL));
        }
        throw new ChildProcessException(
                "the guardian has not confirmed within %s that all clocks are back (%s)"
                        .formatted(DONE_WITHIN, last));
    }
}
