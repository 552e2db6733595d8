package dev.lowgear.core.control;

import dev.lowgear.core.fleet.HostedEngine;
import dev.lowgear.core.gear.Pressure;
import dev.lowgear.core.observation.PolicyLoad;
import dev.lowgear.core.slo.JointPolicy;
import dev.lowgear.core.slo.PolicyRevision;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything a decision about one engine may depend on. The same input gives the same decision, bit
 * for bit, on every machine.
 *
 * @param engine what the engine is
 * @param observation what its agent saw
 * @param policies SLO policies of the requests that run, wait or have just finished, by name
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

    /** What the policies whose requests run or wait allow together; while none do, all of them. */
    JointPolicy joint() {
        var pressing = new ArrayList<PolicyRevision>();
        for (PolicyRevision revision : policies) {
            PolicyLoad load = load(revision.policy().name());
            if (load != null && load.requests() > 0) {
                pressing.add(revision);
            }
        }
        return JointPolicy.of(pressing.isEmpty() ? policies : pressing);
    }

    /** The policies whose requests run or wait, with what they press for. */
    List<Pressure> pressures() {
        var pressures = new ArrayList<Pressure>();
        for (PolicyRevision revision : policies) {
            PolicyLoad load = load(revision.policy().name());
            if (load != null && load.requests() > 0) {
                pressures.add(
                        new Pressure(revision.policy(), load, state.servo(revision.policy())));
            }
        }
        return pressures;
    }

    private @Nullable PolicyLoad load(String policy) {
        for (PolicyLoad load : observation.policies()) {
            if (load.policy().equals(policy)) {
                return load;
            }
        }
        return null;
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
