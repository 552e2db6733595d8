package dev.lowgear.contract;

import dev.lowgear.core.control.Answer;
import dev.lowgear.core.control.ControllerState;
import dev.lowgear.core.control.Decision;
import dev.lowgear.core.control.DecisionInput;
import dev.lowgear.core.control.ModelInForce;
import dev.lowgear.core.control.Outlook;
import dev.lowgear.core.fleet.AgentId;
import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.fleet.HostedEngine;
import dev.lowgear.core.gear.Envelope;
import dev.lowgear.core.gear.Gear;
import dev.lowgear.core.gpu.ClockLadder;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/**
 * A decision with what it was made from, for audit and explanation; sent only when something
 * changed. With the policies and the table it names, {@link #toCore} is the very input it was made
 * from, and decides again alike.
 *
 * @param decisionId unique within the topic
 * @param engineId engine decided for
 * @param engine what the engine is
 * @param input the projection answered
 * @param policies policies in force, by name and revision
 * @param tableId performance table used; absent when the prior was
 * @param gearPolicy the policy that chose, as configured
 * @param state what the controllers remembered
 * @param nowNanos the scheduler's monotonic clock, on which the state's times are
 * @param gear the gear chosen
 * @param envelope the envelope it is good in
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
        Engine engine,
        EngineProjection input,
        List<PolicyRevision> policies,
        @Nullable String tableId,
        String gearPolicy,
        ControllerState state,
        long nowNanos,
        Gear gear,
        Envelope envelope,
        String reasonCode,
        String reason,
        @Nullable String bindingConstraint,
        List<Integer> candidatesMhz,
        @Nullable Double predictedIterationMicros,
        @Nullable Double predictedWatts) {
    /** One policy at one revision. */
    public record PolicyRevision(String name, long revision) {}

    /**
     * What is decided about, as far as the projection does not say.
     *
     * @param clocksMhz the clocks it supports, ascending
     */
    public record Engine(
            String profile, int maximumBatch, int chunkTokens, List<Integer> clocksMhz) {}

    /** This answer on the wire. */
    public static DecisionMessage of(Answer answer, String gearPolicy) {
        DecisionInput input = answer.input();
        Decision decision = answer.decision();
        HostedEngine engine = input.engine();
        Outlook outlook = decision.outlook();
        return new DecisionMessage(
                MessageCodec.SCHEMA_VERSION,
                answer.decisionId(),
                engine.id().value(),
                new Engine(
                        engine.profile(),
                        engine.maximumBatch(),
                        engine.chunkTokens(),
                        Arrays.stream(engine.clocks().toArray()).boxed().toList()),
                EngineProjection.of(
                        input.observation(),
                        engine.agent().value(),
                        engine.servedModel(),
                        engine.fingerprint()),
                input.policies().stream()
                        .map(of -> new PolicyRevision(of.policy().name(), of.revision()))
                        .toList(),
                input.model() instanceof ModelInForce.Learned learned
                        ? learned.table().identity().tableId()
                        : null,
                gearPolicy,
                input.state(),
                input.nowNanos(),
                decision.choice().gear(),
                decision.next().told().envelope(),
                decision.choice().reason().code(),
                decision.choice().words(),
                decision.choice().binding().words(),
                decision.choice().candidatesMhz(),
                outlook == null ? null : (Double) outlook.iterationMicros(),
                outlook == null ? null : (Double) outlook.busyWatts());
    }

    /**
     * The input it was made from.
     *
     * @param inForce the policies named, at the revisions named
     * @param model the table named, or the prior
     */
    public DecisionInput toCore(
            List<dev.lowgear.core.slo.PolicyRevision> inForce, ModelInForce model) {
        return new DecisionInput(
                new HostedEngine(
                        new EngineId(engineId),
                        new AgentId(input.agentId()),
                        input.servedModel(),
                        engine.profile(),
                        input.fingerprint(),
                        engine.maximumBatch(),
                        engine.chunkTokens(),
                        ClockLadder.of(
                                engine.clocksMhz().stream().mapToInt(Integer::intValue).toArray())),
                input.toCore(),
                inForce,
                model,
                state,
                nowNanos);
    }
}
