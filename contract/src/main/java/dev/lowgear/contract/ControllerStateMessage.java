package dev.lowgear.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a scheduler leaves for its successor. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ControllerStateMessage.Took.class, name = "took"),
    @JsonSubTypes.Type(value = ControllerStateMessage.EngineState.class, name = "engine-state")
})
public sealed interface ControllerStateMessage {
    /** Version of this record. */
    int schemaVersion();

    /**
     * A scheduler took a shard. This record's offset is the scheduler epoch of that shard.
     *
     * @param shard partition of the projections topic
     * @param schedulerId who took it
     */
    record Took(int schemaVersion, int shard, String schedulerId)
            implements ControllerStateMessage {}

    /**
     * Slow state of one engine's controllers.
     *
     * @param trim measured over predicted iteration time
     * @param explored exploration steps taken so far
     */
    record EngineState(int schemaVersion, String engineId, double trim, int explored)
            implements ControllerStateMessage {}
}
