package dev.lowgear.contract;

import dev.lowgear.core.gear.Gear;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A decision with what it was made from, for audit and explanation; sent only when something
 * changed.
 *
 * @param decisionId unique within the topic
 * @param engineId engine decided for
 * @param input the projection answered
 * @param policies policies in force, by name and revision
 * @param tableId performance table used; absent when the prior was
 * @param gearPolicy the policy that chose, as configured
 * @param gear the gear chosen
 * @param reasonCode reason as a stable code
 * @param reason reason in words
 * @param bindingConstraint what kept the clock from being lower
 * @param candidatesMhz clocks looked at, in order
 * @param predictedIterationMicros iteration time expected in the chosen gear
 * @param predictedWatts busy watts expected in the chosen gear
 */
public record DecisionMessage(
        int schemaVersion,
        String decisionId,
        String engineId,
        EngineProjection input,
        List<PolicyRevision> policies,
        @Nullable String tableId,
        String gearPolicy,
        Gear gear,
        String reasonCode,
        String reason,
        @Nullable String bindingConstraint,
        List<Integer> candidatesMhz,
        @Nullable Double predictedIterationMicros,
        @Nullable Double predictedWatts) {
    /** One policy at one revision. */
    public record PolicyRevision(String name, long revision) {}
}
