package dev.lowgear.gateway.dispatch;

/**
 * The way to one engine. It is open until the engine says that it is full; then it is gated: closed
 * for as long as the engine said or until one of its requests ends, and after that requests follow
 * one by one, the next when the last was started. So a request that the engine had no room for is
 * not overtaken by a smaller one behind it. When nobody waits any more the lane is open again.
 */
final class Lane {
    private int inFlight;
    private boolean gated;
    private long closedUntilNanos;

    int inFlight() {
        return inFlight;
    }

    boolean takes(long nowNanos) {
        return !gated || closedUntilNanos - nowNanos <= 0;
    }

    /** When a closed lane opens by itself. */
    long closedUntilNanos() {
        return closedUntilNanos;
    }

    void sent(long nowNanos, long probeNanos) {
        inFlight++;
        if (gated) {
            closedUntilNanos = nowNanos + probeNanos;
        }
    }

    void started(long nowNanos, boolean somebodyWaits) {
        gated &= somebodyWaits;
        closedUntilNanos = nowNanos;
    }

    void full(long nowNanos, long waitNanos) {
        inFlight--;
        gated = true;
        closedUntilNanos = nowNanos + waitNanos;
    }

    void ended(long nowNanos) {
        inFlight--;
        closedUntilNanos = nowNanos;
    }
}
