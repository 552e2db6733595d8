package dev.lowgear.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import dev.lowgear.core.control.Directive;
import dev.lowgear.core.control.Fence;
import dev.lowgear.core.gear.Envelope;
import dev.lowgear.core.gear.Gear;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a scheduler tells an agent. It carries durations and the echoed monotonic stamp of the
 * agent, never a wall clock; the fence tells whether it is current.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DirectiveMessage.SetGear.class, name = "set-gear"),
    @JsonSubTypes.Type(value = DirectiveMessage.Release.class, name = "release"),
    @JsonSubTypes.Type(value = DirectiveMessage.Renewals.class, name = "renewals")
})
public sealed interface DirectiveMessage {
    /** Version of this record. */
    int schemaVersion();

    /**
     * Run in this gear.
     *
     * @param fence what makes it current
     * @param echoedStampNanos the answered projection's own stamp
     * @param leaseMillis how long it holds without renewal, counted from the echoed stamp
     * @param decisionId the decision behind it
     * @param reasonCode reason as a stable code
     * @param reason reason in words
     */
    record SetGear(
            int schemaVersion,
            String engineId,
            Fence fence,
            long echoedStampNanos,
            long leaseMillis,
            Gear gear,
            Envelope envelope,
            String decisionId,
            String reasonCode,
            String reason)
            implements DirectiveMessage {
        /** This directive on the wire. */
        public static SetGear of(
                Directive.SetGear directive,
                Fence fence,
                long echoedStampNanos,
                long leaseMillis,
                String decisionId,
                String reasonCode) {
            return new SetGear(
                    MessageCodec.SCHEMA_VERSION,
                    directive.engine().value(),
                    fence,
                    echoedStampNanos,
                    leaseMillis,
                    directive.gear(),
                    directive.envelope(),
                    decisionId,
                    reasonCode,
                    directive.reason());
        }
    }

    /** Go back to the default gear. */
    record Release(
            int schemaVersion,
            String engineId,
            Fence fence,
            long echoedStampNanos,
            String reasonCode,
            String reason)
            implements DirectiveMessage {
        /** This directive on the wire. */
        public static Release of(
                Directive.Release directive,
                Fence fence,
                long echoedStampNanos,
                String reasonCode) {
            return new Release(
                    MessageCodec.SCHEMA_VERSION,
                    directive.engine().value(),
                    fence,
                    echoedStampNanos,
                    reasonCode,
                    directive.reason());
        }
    }

    /**
     * Go on as told last: one record per agent, for all of its engines that need no new gear.
     *
     * @param agentId the agent addressed
     * @param leaseMillis how long each holds without renewal, counted from its echoed stamp
     */
    record Renewals(int schemaVersion, String agentId, long leaseMillis, List<Renewal> engines)
            implements DirectiveMessage {}

    /** One engine's renewal. */
    record Renewal(
            String engineId, Fence fence, long echoedStampNanos, @Nullable String decisionId) {}
}
