package dev.lowgear.agent.gear;

/** Whoever paces one engine: the engine itself. */
public interface PaceLink {
    /** Sets the least time between the starts of two iterations, 0 for none. */
    void set(long paceMicros, long nowNanos);
}
