package dev.lowgear.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import dev.lowgear.core.control.Event;
import dev.lowgear.core.control.Tally;
import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.gear.AttainmentServo;

import java.util.List;

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
     * @param servos what was learned per policy
     */
    record EngineState(
            int schemaVersion, String engineId, double trim, int explored, List<Servo> servos)
            implements ControllerStateMessage {
        public EngineState {
            servos = List.copyOf(servos);
        }

        /** This state as an event. */
        public Event.StateRestored toCore() {
            return new Event.StateRestored(
                    new EngineId(engineId), explored, servos.stream().map(Servo::toCore).toList());
        }
    }

    /**
     * Outcomes of one policy on one engine, and the gains learned from them.
     *
     * @param policy name of the policy
     * @param finished requests that ended, with slow forgetting
     * @param missed those of them that missed a target
     * @param priceGain how dear time is for the work there is
     * @param tokenFloor share of the time between tokens that one iteration may take
     * @param pressed how close to their targets recent requests came, from 0 for never near to 1
     *     for always missed
     */
    record Servo(
            String policy,
            double finished,
            double missed,
            double priceGain,
            double tokenFloor,
            double pressed) {
        /** This tally on the wire. */
        public static Servo of(Tally tally) {
            return new Servo(
                    tally.policy(),
                    tally.finished(),
                    tally.missed(),
                    tally.servo().priceGain(),
                    tally.servo().tokenFloor(),
                    tally.servo().pressed());
        }

        Tally toCore() {
            return new Tally(
                    policy, finished, missed, new AttainmentServo(priceGain, tokenFloor, pressed));
        }
    }
}
