package dev.lowgear.core.routing;

import java.util.List;

/** Chooses an engine for the next request of a pool. */
public interface RoutingPolicy {
    /**
     * The index of the chosen candidate.
     *
     * @param candidates engines that may take it, at least one, in a stable order
     * @param turn how many choices this router made before; decides between equals
     */
    int choose(List<EngineCandidate> candidates, long turn);
}
