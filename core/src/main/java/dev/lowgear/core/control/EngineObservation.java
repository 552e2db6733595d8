package dev.lowgear.core.control;

import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.gear.Gear;
import dev.lowgear.core.observation.EngineLoad;
import dev.lowgear.core.observation.FinishedRequest;
import dev.lowgear.core.observation.Pacing;
import dev.lowgear.core.observation.PolicyLoad;
import dev.lowgear.core.projection.Projection;

import java.util.ArrayList;
import java.util.List;

/**
 * What an agent saw of one engine at one instant, with its projection: everything about the engine
 * that a decision may depend on.
 *
 * @param engine which engine
 * @param incarnation changes whenever the engine restarts
 * @param sequence grows by one with each observation of an incarnation
 * @param stampNanos the agent's monotonic clock, only ever echoed back to it
 * @param load what runs and waits now
 * @param projection future iterations and deadlines
 * @param policies load per SLO policy, by name
 * @param finished outcomes since the last observation
 * @param gear the gear in force
 * @param pacing what the pace may be
 */
public record EngineObservation(
        EngineId engine,
        long incarnation,
        long sequence,
        long stampNanos,
        EngineLoad load,
        Projection projection,
        List<PolicyLoad> policies,
        List<FinishedRequest> finished,
        Gear gear,
        Pacing pacing) {
    public EngineObservation {
        policies = List.copyOf(policies);
        finished = List.copyOf(finished);
    }

    /**
     * One observation in place of this and a later one: what the later one saw, with the outcomes
     * of both. One of an older sequence changes nothing; another incarnation has other requests.
     */
    public EngineObservation conflatedWith(EngineObservation later) {
        if (later.incarnation != incarnation) {
            return later;
        }
        if (later.sequence <= sequence) {
            return this;
        }
        if (finished.isEmpty()) {
            return later;
        }
        var outcomes = new ArrayList<>(finished);
        outcomes.addAll(later.finished);
        return new EngineObservation(
                engine,
                incarnation,
                later.sequence,
                later.stampNanos,
                later.load,
                later.projection,
                later.policies,
                outcomes,
                later.gear,
                later.pacing);
    }

    /** Requests that cannot meet their deadline even at the maximum clock. */
    public int lostRequests() {
        int lost = 0;
        for (PolicyLoad policy : policies) {
            lost += policy.lost();
        }
        return lost;
    }
}
