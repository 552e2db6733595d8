package dev.lowgear.core.control;

import dev.lowgear.core.gear.AttainmentServo;
import dev.lowgear.core.observation.FinishedRequest;
import dev.lowgear.core.observation.PolicyLoad;
import dev.lowgear.core.slo.PolicyRevision;
import dev.lowgear.core.slo.SloPolicy;

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
     * @param tallies outcomes an earlier owner learned from
     */
    public static ControllerState initial(
            long seed, int explorationSteps, List<Tally> tallies, long nowNanos) {
        return new ControllerState(
                Told.nothing(nowNanos),
                new Exploration(seed, explorationSteps, nowNanos, false),
                tallies);
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

    /**
     * This state after these requests ended.
     *
     * @param policies theirs; outcomes under other policies teach nothing
     * @param underWay what each policy still has
     */
    ControllerState withOutcomes(
            List<FinishedRequest> finished,
            List<PolicyRevision> policies,
            List<PolicyLoad> underWay) {
        if (finished.isEmpty()) {
            return this;
        }
        var byPolicy = new TreeMap<String, Tally>();
        tallies.forEach(tally -> byPolicy.put(tally.policy(), tally));
        for (FinishedRequest request : finished) {
            for (PolicyRevision revision : policies) {
                if (revision.policy().name().equals(request.policy())) {
                    double attainment = revision.policy().attainment();
                    byPolicy.put(
                            request.policy(),
                            byPolicy.getOrDefault(
                                            request.policy(),
                                            Tally.none(request.policy(), attainment))
                                    .plus(
                                            request,
                                            attainment,
                                            requests(underWay, request.policy())));
                }
            }
        }
        return new ControllerState(told, exploration, new ArrayList<>(byPolicy.values()));
    }

    private static int requests(List<PolicyLoad> loads, String policy) {
        for (PolicyLoad load : loads) {
            if (load.policy().equals(policy)) {
                return load.requests();
            }
        }
        return 0;
    }

    /** What the servo of this policy has learned so far. */
    AttainmentServo servo(SloPolicy policy) {
        for (Tally tally : tallies) {
            if (tally.policy().equals(policy.name())) {
                return tally.servo();
            }
        }
        return AttainmentServo.startingAt(policy.attainment());
    }
}
