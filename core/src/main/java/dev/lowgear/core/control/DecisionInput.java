package dev.lowgear.core.control;

import dev.lowgear.core.fleet.HostedEngine;
import dev.lowgear.core.slo.PolicyRevision;

import java.util.List;

/**
 * Everything a decision about one engine may depend on. The same input gives the same decision, bit
 * for bit, on every machine.
 *
 * @param engine what the engine is
 * @param observation what its agent saw
 * @param policies SLO policies in force on it, by name
 * @param model what predicts it
 * @param state what its controllers remember
 * @param nowNanos the scheduler's monotonic clock
 */
public record DecisionInput(
        HostedEngine engine,
        EngineObservation observation,
        List<PolicyRevision> policies,
        ModelInForce model,
        ControllerState state,
        long nowNanos) {
    public DecisionInput {
        policies = List.copyOf(policies);
        if (!engine.id().equals(observation.engine())) {
            throw new IllegalArgumentException(
                    "observation of " + observation.engine() + " for engine " + engine.id());
        }
    }

    /** Whether nothing runs, waits or is projected. */
    boolean isIdle() {
        return observation.load().isIdle() && observation.projection().isIdle();
    }

    /** Whether requests run or wait under a policy that is not among those in force. */
    boolean hasUnknownPolicy() {
        for (PolicyLoad load : observation.policies()) {
            if (load.requests() > 0 && !isInForce(load.policy())) {
                return true;
            }
        }
        return false;
    }

    private boolean isInForce(String policy) {
        for (PolicyRevision revision : policies) {
            if (revision.policy().name().equals(policy)) {
                return true;
            }
        }
        return false;
    }
}
