package dev.lowgear.simulator.policy;

import dev.lowgear.core.observation.FinishedRequest;
import dev.lowgear.core.physics.IterationCompleted;
import dev.lowgear.core.slo.Latencies;

/**
 * A policy that learns from what an engine's meters and its clients' clocks show, beside the
 * situations it is asked about. The run tells it of every iteration and every finished request.
 */
public interface ListeningPolicy {
    /** An iteration ended. */
    default void metered(IterationCompleted iteration) {}

    /**
     * A request has its last token.
     *
     * @param tokens that it generated
     */
    default void finished(FinishedRequest request, Latencies latencies, int tokens) {}
}
