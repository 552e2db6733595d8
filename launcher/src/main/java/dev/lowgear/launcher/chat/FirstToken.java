package dev.lowgear.launcher.chat;

import dev.lowgear.infrastructure.process.ChildProcessException;
import dev.lowgear.simulator.trace.TraceRequest;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Asks a system that has just started until it answers. */
public final class FirstToken {
    private static final TraceRequest SHORTEST = new TraceRequest(0, 4, 2);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private FirstToken() {}

    /**
     * Returns when the first token of the first answer arrived, on {@link System#nanoTime}.
     *
     * @throws ChildProcessException when none comes in time
     */
    public static long await(String gatewayUrl, String model, Duration within)
            throws InterruptedException {
        var client = new ChatClient(gatewayUrl);
        long deadline = System.nanoTime() + within.toNanos();
        while (true) {
            long sent = System.nanoTime();
            switch (client.complete(model, SHORTEST)) {
                case Outcome.Completed(var times, var _) -> {
                    return sent + (long) (times.ttftMs() * 1e6);
                }
                case Outcome.Failed(var reason) -> {
                    if (System.nanoTime() > deadline) {
                        throw new ChildProcessException(
                                "no answer from %s within %s: %s".formatted(model, within, reason));
                    }
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException("told to end");
            }
        }
    }
}
