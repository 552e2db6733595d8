package dev.lowgear.agent.engine;

import org.jspecify.annotations.Nullable;

/**
 * What runs inference. Stepped by the one thread that owns it; does bounded work per call and never
 * blocks. Times are nanoseconds of the owner's monotonic clock.
 */
public interface InferenceEngine extends AutoCloseable {
    /** A request begins; {@code handle} names it until it ends. */
    void submit(long handle, EngineRequest request, long nowNanos);

    /** A request is forgotten; harmless if it has ended. */
    void cancel(long handle, long nowNanos);

    /** The least time between the starts of two iterations, 0 for none. */
    void pace(long paceMicros, long nowNanos);

    /**
     * Lets time pass up to {@code nowNanos}; the next iteration that finished on the way, or null
     * if none did.
     */
    @Nullable IterationReport advance(long nowNanos);

    /** When to come back if nothing else happens; {@link Long#MAX_VALUE} for "not by itself". */
    long nextEventNanos();

    /** SM clock read back, in MHz. */
    int clockMhz();

    /** Sum of the energy counters of its GPUs in millijoules; absent if there are none. */
    @Nullable Long energyMillijoules();

    @Override
    void close();
}
