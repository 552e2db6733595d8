package dev.lowgear.agent.engine;

import dev.lowgear.core.engine.EngineLimits;
import dev.lowgear.core.fleet.EngineId;

import java.util.concurrent.CompletableFuture;

/** An engine as the HTTP side sees it. Safe for use by any thread. */
public interface EngineFront {
    /** Which engine. */
    EngineId id();

    /** The model it serves, as clients know it. */
    String servedModel();

    /** What bounds its requests. */
    EngineLimits limits();

    /** Offers a request; the answer comes at once, from the thread that owns the engine. */
    CompletableFuture<Submission> submit(EngineRequest request, TokenSink sink);

    /** What it is doing, as of its last iteration or heartbeat. */
    EngineStatus status();

    /** Drops its gear now: default clock, no pace, until a directive answers a later projection. */
    void release();

    /** Forgets a request whose client went away; harmless if it has ended. */
    void cancel(String requestId);
}
