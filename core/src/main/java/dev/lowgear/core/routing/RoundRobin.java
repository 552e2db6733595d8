package dev.lowgear.core.routing;

import java.util.List;

/** One engine after the other, whatever they are doing. */
public final class RoundRobin implements RoutingPolicy {
    @Override
    public int choose(List<EngineCandidate> candidates, long turn) {
        return (int) Math.floorMod(turn, (long) candidates.size());
    }
}
