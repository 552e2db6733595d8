package dev.lowgear.core.control;

import dev.lowgear.core.fleet.AgentId;

import org.jspecify.annotations.Nullable;

/** One engine the plane decides about. */
final class ControlledEngine {
    private final int shard;
    private AgentId agent;
    private EngineObservation latest;
    private long seenAtNanos;
    private ControllerState state;
    private @Nullable Answer answered;
    private @Nullable Answer changed;

    ControlledEngine(
            int shard,
            AgentId agent,
            EngineObservation first,
            ControllerState state,
            long atNanos) {
        this.shard = shard;
        this.agent = agent;
        this.latest = first;
        this.state = state;
        this.seenAtNanos = atNanos;
    }

    int shard() {
        return shard;
    }

    AgentId agent() {
        return agent;
    }

    EngineObservation latest() {
        return latest;
    }

    ControllerState state() {
        return state;
    }

    long seenAtNanos() {
        return seenAtNanos;
    }

    @Nullable Answer answered() {
        return answered;
    }

    @Nullable Answer changed() {
        return changed;
    }

    /** Whether this observation is one we know, or older. */
    boolean isStale(EngineObservation observation) {
        return observation.incarnation() == latest.incarnation()
                && observation.sequence() <= latest.sequence();
    }

    /** Takes a newer observation; that of a restarted engine begins in the default gear. */
    void observe(AgentId by, EngineObservation observation, long atNanos) {
        if (observation.incarnation() != latest.incarnation()) {
            state = state.restarted(atNanos);
        }
        agent = by;
        latest = observation;
        seenAtNanos = atNanos;
    }

    void remember(Answer answer) {
        state = answer.decision().next();
        answered = answer;
        if (answer.decision().changesGear()) {
            changed = answer;
        }
    }
}
