package dev.lowgear.core.routing;

import dev.lowgear.core.fleet.EngineId;

/**
 * An engine that could take a request, as a router knows it.
 *
 * @param engine the engine
 * @param inFlight requests this router has sent it and that have not ended
 * @param active requests it reported last, of all routers: running, prefilling or waiting
 * @param maximumBatch requests it runs at once at most, at least 1
 */
public record EngineCandidate(EngineId engine, int inFlight, int active, int maximumBatch) {
    public EngineCandidate {
        if (inFlight < 0 || active < 0 || maximumBatch < 1) {
            throw new IllegalArgumentException(
                    "counts are not negative and a batch holds at least 1: in flight "
                            + inFlight
                            + ", active "
                            + active
                            + ", batch "
                            + maximumBatch);
        }
    }

    /** The better known of its two counts: a report is late, and a router sees only its own. */
    public int occupied() {
        return Math.max(inFlight, active);
    }
}
