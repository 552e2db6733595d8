package dev.lowgear.agent.gear;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Whoever sets one engine's clock: the guardian. No method waits. */
public interface ClockLink {
    /** Locks a clock for a while; the future tells which clock it became. */
    CompletableFuture<Integer> set(int clockMhz, Duration lease);

    /** Keeps what is locked a while longer. */
    CompletableFuture<Integer> renew(Duration lease);

    /** Gives the default clock back. */
    CompletableFuture<Void> reset();
}
