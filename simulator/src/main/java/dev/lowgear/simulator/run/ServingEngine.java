package dev.lowgear.simulator.run;

import dev.lowgear.core.control.EngineObservation;
import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.feasibility.BestCase;
import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.gear.GearPolicy;
import dev.lowgear.core.gear.GearReason;
import dev.lowgear.core.lease.NodeBounds;
import dev.lowgear.core.observation.EngineLoad;
import dev.lowgear.core.observation.FinishedRequest;
import dev.lowgear.core.observation.LoadMeter;
import dev.lowgear.core.observation.PaceGuard;
import dev.lowgear.core.observation.Pacing;
import dev.lowgear.core.observation.Trim;
import dev.lowgear.core.observation.Urgency;
import dev.lowgear.core.performance.PerformanceTable;
import dev.lowgear.core.physics.EnginePhysics;
import dev.lowgear.core.physics.EngineRequest;
import dev.lowgear.core.physics.FinishReason;
import dev.lowgear.core.physics.IterationCompleted;
import dev.lowgear.core.physics.SimulatedEngine;
import dev.lowgear.core.physics.TokenEvents;
import dev.lowgear.core.projection.Projection;
import dev.lowgear.core.projection.Scoreboard;
import dev.lowgear.core.projection.ScoreboardEntry;
import dev.lowgear.core.projection.Segment;
import dev.lowgear.simulator.policy.ListeningPolicy;
import dev.lowgear.simulator.trace.TraceRequest;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One engine with all that belongs to it on an agent and in the scheduler: gear and lease, line and
 * scoreboard, meters, control plane. Time jumps from event to event; at one instant the engine
 * comes first, then directives, then arrivals, then the observation.
 *
 * <p>A policy that holds its clock is told nothing of what the load is, and one that does not look
 * ahead gets a projection of the present alone: what nobody would read is not computed.
 */
final class ServingEngine {
    private static final long SHORTEST_GAP_NANOS = 100_000_000;

    /** As on the wire. */
    private static final int SEGMENTS = 16;

    private final RunSetup setup;
    private final EngineId id;
    private final GearedEngine engine;
    private final RequestLine requests;
    private final ControlLoop control;
    private final Outcomes outcomes;
    private final EngineWatch watch;
    private final @Nullable PerformanceTable table;
    private final boolean holds;
    private final @Nullable ListeningPolicy listener;
    private final LoadMeter load = new LoadMeter(0);
    private final Trim trim = new Trim();
    private final List<FinishedRequest> finished = new ArrayList<>();
    private boolean changed = true;
    private long observedNanos;
    private long sequence;
    private double lastIterationMicros;

    /**
     * An engine without requests.
     *
     * @param index of the engine among those of the run
     * @param watch sees what its meters show
     * @param disruptions what goes wrong between it and its control plane
     */
    ServingEngine(
            RunSetup setup,
            int index,
            EnginePhysics physics,
            SplittableRandom random,
            Outcomes outcomes,
            EngineWatch watch,
            Disruptions disruptions) {
        this.setup = setup;
        this.outcomes = outcomes;
        this.watch = watch;
        EngineProfile profile = setup.profile();
        id = new EngineId("virtual.engine-" + index);
        var bounds =
                new NodeBounds(
                        profile.gpu().clocks().lowest(),
                        profile.gpu().clocks().highest(),
                        setup.slo().maximumPace().toNanos() / 1000,
                        setup.timing().lease().toNanos());
        engine =
                new GearedEngine(
                        new SimulatedEngine(physics, random, 0),
                        profile.gpu().defaultClockMhz(),
                        bounds,
                        disruptions);
        requests = new RequestLine(setup, random.split());
        GearPolicy policy = setup.policy().create(setup.context());
        holds = policy instanceof GearPolicy.Holding;
        listener = policy instanceof ListeningPolicy listening ? listening : null;
        control = new ControlLoop(setup, id, policy, disruptions);
        table = setup.table().table().orElse(null);
    }

    /** When something happens next. */
    long nextNanos() {
        return Math.min(
                engine.nextEventNanos(), Math.min(control.dueNanos(), observationDueNanos()));
    }

    private long observationDueNanos() {
        long longestGapNanos = setup.timing().lease().toNanos() / 4;
        boolean soon = changed && !holds;
        return sequence == 0 ? 0 : observedNanos + (soon ? SHORTEST_GAP_NANOS : longestGapNanos);
    }

    /** Lets time pass; what happens on the way has happened then, but for the observation. */
    void passTo(long nowNanos) {
        IterationCompleted iteration = engine.advance(nowNanos);
        while (iteration != null) {
            completed(iteration);
            iteration = engine.advance(nowNanos);
        }
        while (control.dueNanos() <= nowNanos) {
            engine.on(control.take(), nowNanos);
            changed |= engine.checkLoad(requests.scoreboard(), nowNanos);
        }
    }

    void arrive(long requestId, TraceRequest request, long nowNanos) {
        load.arrived(nowNanos);
        requests.arrive(requestId, request, best(), nowNanos);
        startThoseThatMay(nowNanos);
    }

    private void startThoseThatMay(long nowNanos) {
        BestCase best = best();
        EngineRequest next = requests.admit(lastIterationMicros, best, nowNanos);
        while (next != null) {
            engine.submit(next, nowNanos);
            changed = true;
            next = requests.admit(lastIterationMicros, best, nowNanos);
        }
        changed |= engine.checkLoad(requests.scoreboard(), nowNanos);
    }

    private @Nullable BestCase best() {
        return table == null
                ? null
                : new BestCase(table, setup.profile().limits().chunkTokens(), trim.factor());
    }

    private void completed(IterationCompleted iteration) {
        long now = iteration.endNanos();
        requests.prefilled(iteration.work().prefillTokens());
        TokenEvents tokens = iteration.tokens();
        boolean room = false;
        for (int i = 0; i < tokens.size(); i++) {
            requests.token(tokens.requestId(i), now);
            changed |= tokens.generated(i) == 1;
            if (tokens.finished(i)) {
                finish(tokens.requestId(i), tokens.finishReason(i));
                room = true;
            }
        }
        measure(iteration);
        changed |= engine.checkIteration(iteration.durationNanos(), now);
        if (room) {
            startThoseThatMay(now);
        } else {
            changed |= engine.checkLoad(requests.scoreboard(), now);
        }
    }

    private void finish(long requestId, FinishReason reason) {
        ScoreboardEntry entry = requests.finished(requestId, reason == FinishReason.LENGTH);
        var outcome =
                new FinishedRequest(
                        entry.promise().policy(),
                        outcomes.finished(entry),
                        !entry.wasLostOnArrival(),
                        entry.latencies().usedShare(entry.promise().targets()));
        finished.add(outcome);
        if (listener != null) {
            listener.finished(outcome, entry.latencies(), entry.generated());
        }
        changed = true;
    }

    private void measure(IterationCompleted iteration) {
        lastIterationMicros = iteration.durationNanos() / 1e3;
        watch.iteration(iteration);
        if (listener != null) {
            listener.metered(iteration);
        }
        if (holds) {
            return;
        }
        load.completed(iteration.durationNanos(), iteration.tokens().size(), iteration.endNanos());
        if (table != null && iteration.startClockMhz() == iteration.clockMhz()) {
            trim.iteration(
                    lastIterationMicros,
                    table.iterationMicros(
                            table.clocks().indexAtLeast(iteration.clockMhz()),
                            iteration.work().decodeTokens(),
                            (double) iteration.work().kvTokens(),
                            iteration.work().prefillTokens()));
        }
    }

    /** Shows itself to its control plane if that is due. */
    void observeIfDue(long nowNanos) {
        if (observationDueNanos() > nowNanos) {
            return;
        }
        sequence++;
        var entries = requests.scoreboard().entries();
        BestCase best = best();
        if (best != null && !holds) {
            requests.markLost(best, nowNanos);
        }
        EngineLoad now =
                load.load(
                        entries,
                        setup.profile().limits().kvCapacityTokens(),
                        trim.factor(),
                        nowNanos);
        control.observed(
                new EngineObservation(
                        id,
                        ControlLoop.INCARNATION,
                        sequence,
                        nowNanos,
                        now,
                        projection(now, nowNanos),
                        Urgency.byPolicy(entries, nowNanos),
                        finished,
                        engine.gear(),
                        holds
                                ? Pacing.IMPOSSIBLE
                                : new Pacing(
                                        true,
                                        PaceGuard.micros(entries, lastIterationMicros, nowNanos))),
                nowNanos);
        finished.clear();
        changed = false;
        observedNanos = nowNanos;
    }

    private Projection projection(EngineLoad now, long nowNanos) {
        if (holds || now.isIdle()) {
            return Projection.IDLE;
        }
        return setup.policy().looksAhead()
                ? requests.forecast(nowNanos).projection().compact(SEGMENTS)
                : present(now);
    }

    /** The next iteration and no further. */
    private Projection present(EngineLoad now) {
        return new Projection(
                List.of(
                        new Segment(
                                1,
                                now.running(),
                                now.kvTokens(),
                                0,
                                Math.min(
                                        now.queuedPrefillTokens(),
                                        setup.profile().limits().chunkTokens()),
                                Segment.NO_LIMIT)),
                List.of());
    }

    /** A second has passed. */
    void second(long nowNanos) {
        long millijoules = setup.profile().tensorParallel() * engine.counterMillijoules();
        watch.second(nowNanos, millijoules, engine.clockMhz());
    }

    /** The run is over: what became of its unfinished requests. */
    void leave(long nowNanos) {
        requests.leave(outcomes, nowNanos);
    }

    /** Requests it has, in line or started. */
    int requests() {
        return requests.size();
    }

    Scoreboard scoreboard() {
        return requests.scoreboard();
    }

    GearedEngine gears() {
        return engine;
    }

    Map<GearReason, Long> decisions() {
        return control.decisions();
    }
}
