package dev.lowgear.core.control;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What the controllers of one engine remember from decision to decision. Immutable: a decision
 * carries the next state, and whoever owns the engine keeps it.
 *
 * @param told what the engine was told last
 * @param exploration how far its clocks have been explored
 * @param tallies outcomes per policy, by name; the servos of §6 of the algorithms learn from them
 */
public record ControllerState(Told told, Exploration exploration, List<Tally> tallies) {
    public ControllerState {
        tallies = List.copyOf(tallies);
    }

    /**
     * The state of an engine nobody has decided about yet.
     *
     * @param seed the engine's own
     * @param explorationSteps steps an earlier owner took
     */
    public static ControllerState initial(long seed, int explorationSteps, long nowNanos) {
        return new ControllerState(
                Told.nothing(nowNanos),
                new Exploration(seed, explorationSteps, nowNanos, false),
                List.of());
    }

    /** This state after the engine restarted: it is in the default gear again. */
    ControllerState restarted(long nowNanos) {
        return withTold(Told.nothing(nowNanos));
    }

    ControllerState withTold(Told next) {
        return new ControllerState(next, exploration, tallies);
    }

    ControllerState withExploration(Exploration next) {
        return new ControllerState(told, next, tallies);
    }

    ControllerState withOutcomes(List<FinishedRequest> finished) {
        if (finished.isEmpty()) {
            return this;
        }
        var byPolicy = new TreeMap<String, Tally>();
        tallies.forEach(tally -> byPolicy.put(tally.policy(), tally));
        for (FinishedRequest request : finished) {
            byPolicy.put(
                    request.policy(),
                    byPolicy.getOrDefault(request.policy(), Tally.none(request.policy()))
                            .plus(request));
        }
        return new ControllerState(told, exploration, new ArrayList<>(byPolicy.values()));
    }
}
