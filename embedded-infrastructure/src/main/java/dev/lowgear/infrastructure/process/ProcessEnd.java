package dev.lowgear.infrastructure.process;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for processes that are nobody's children here. */
public final class ProcessEnd {
    private ProcessEnd() {}

    /**
     * Whether the process ended in time; an interrupt ends the wait and stays set.
     *
     * @throws ChildProcessException if the wait itself failed
     */
    public static boolean within(ProcessHandle process, Duration timeout) {
        try {
            process.onExit().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new ChildProcessException("could not wait for process " + process.pid(), e);
        }
    }
}
