package dev.lowgear.core.routing;

import java.util.List;

/**
 * The engine with the smallest occupied share of its batch; among equals one after the other, so
 * that routers with the same picture do not herd. Shares are compared as cross products: exact, and
 * the same on every machine.
 */
public final class LeastLoaded implements RoutingPolicy {
    @Override
    public int choose(List<EngineCandidate> candidates, long turn) {
        int size = candidates.size();
        int first = (int) Math.floorMod(turn, (long) size);
        int best = first;
        for (int i = 1; i < size; i++) {
            int next = (first + i) % size;
            if (isLighter(candidates.get(next), candidates.get(best))) {
                best = next;
            }
        }
        return best;
    }

    private static boolean isLighter(EngineCandidate one, EngineCandidate other) {
        return (long) one.occupied() * other.maximumBatch()
                < (long) other.occupied() * one.maximumBatch();
    }
}
