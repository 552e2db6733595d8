package dev.lowgear.core.control;

import dev.lowgear.core.performance.TrustGate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides gears. Owned by one thread; live services and the simulator feed it the same events.
 *
 * <p>Facts first, then decisions: {@link PlaneState} replays an event, whatever it is, and then an
 * observation is answered from the state, with a gear or with a renewal. An observation has no
 * answer if its shard is not ours, if its agent has not announced the engine yet, or if a newer one
 * was answered already; then nothing is said, and the engine's lease does the rest.
 *
 * <p>A change of policy or table acts with the next observation of each engine, which is never
 * farther away than a quarter lease.
 */
public final class ControlPlane {
    private static final int FORGET_AFTER_LEASES = 10;

    private final EngineControl control;
    private final PlaneState state;

    /**
     * A plane that knows nothing yet.
     *
     * @param control decides about one engine
     * @param timing the rhythm it decides in
     * @param priors what is believed before anything was learned
     * @param gate what a table must show before it may steer
     * @param seed shuffles exploration
     */
    public ControlPlane(
            EngineControl control,
            ControlTiming timing,
            PriorModels priors,
            TrustGate gate,
            long seed) {
        this.control = control;
        this.state =
                new PlaneState(priors, gate, seed, FORGET_AFTER_LEASES * timing.lease().toNanos());
    }

    /** Takes an event in; the answers it calls for, in order. */
    public List<Answer> on(Event event) {
        state.replay(event);
        return switch (event) {
            case Event.ObservationReceived received -> answer(received).stream().toList();
            case Event.AgentSeen seen -> List.of();
            case Event.AgentLost lost -> List.of();
            case Event.PoliciesChanged changed -> List.of();
            case Event.TablePublished published -> List.of();
            case Event.TableWithdrawn withdrawn -> List.of();
            case Event.StateRestored restored -> List.of();
            case Event.ShardTaken taken -> List.of();
            case Event.ShardLost lost -> List.of();
            case Event.Tick tick -> List.of();
        };
    }

    private Optional<Answer> answer(Event.ObservationReceived received) {
        ControlledEngine engine = state.engine(received.observation().engine());
        Long epoch = state.epoch(received.shard());
        if (engine == null || epoch == null || !engine.latest().equals(received.observation())) {
            return Optional.empty();
        }
        return state.input(engine, received.atNanos()).map(input -> answer(engine, input, epoch));
    }

    private Answer answer(ControlledEngine engine, DecisionInput input, long epoch) {
        EngineObservation seen = input.observation();
        Decision decision = control.decide(input);
        var fence = new Fence(epoch, seen.incarnation(), seen.sequence());
        Answer before = engine.changed();
        String decisionId =
                before == null || decision.changesGear()
                        ? decisionId(input, fence)
                        : before.decisionId();
        var answer = new Answer(input, decision, fence, decisionId);
        engine.remember(answer);
        return answer;
    }

    private static String decisionId(DecisionInput input, Fence fence) {
        return input.engine().id()
                + "-"
                + fence.schedulerEpoch()
                + "-"
                + fence.engineIncarnation()
                + "-"
                + fence.projectionSequence();
    }

    /** Every engine that was answered and is still seen, by id. */
    public List<EngineView> engines() {
        var views = new ArrayList<EngineView>();
        for (ControlledEngine engine : state.engines()) {
            Answer answered = engine.answered();
            Answer changed = engine.changed();
            if (answered != null && changed != null) {
                views.add(
                        new EngineView(
                                answered.input().engine(), engine.shard(), answered, changed));
            }
        }
        return views;
    }
}
