package dev.lowgear.simulator.run;

import dev.lowgear.core.control.EngineObservation;
import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.lease.NodeBounds;
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
import dev.lowgear.core.projection.ScoreboardEntry;
import dev.lowgear.simulator.trace.TraceRequest;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Serves a trace with one engine in virtual time. Engine, scoreboard, projection, admission, lease,
 * reflex, observation and control plane are core's, as live; the planner knows the engine's own
 * physics, as if it had learned all there is to learn.
 *
 * <p>Time jumps from event to event: an arrival, something inside the engine, an observation, a
 * directive that reaches the engine. At one instant the engine comes first, then directives, then
 * arrivals, then the observation.
 */
public final class EngineRun {
    private static final long SHORTEST_GAP_NANOS = 100_000_000;

    /** As on the wire. */
    private static final int SEGMENTS = 16;

    private final RunSetup setup;
    private final PerformanceTable table;
    private final GearedEngine engine;
    private final RequestLine requests;
    private final ControlLoop control;
    private final LoadMeter load = new LoadMeter(0);
    private final Trim trim = new Trim();
    private final Outcomes outcomes = new Outcomes();
    private final List<FinishedRequest> finished = new ArrayList<>();
    private boolean changed = true;
    private long observedNanos;
    private long sequence;
    private double lastIterationMicros;

    private EngineRun(RunSetup setup) {
        this.setup = setup;
        EngineProfile profile = setup.profile();
        var random = new SplittableRandom(setup.seed());
        EnginePhysics physics =
                setup.perturbed()
                        ? EnginePhysics.perturbed(profile, random.split())
                        : EnginePhysics.nominal(profile);
        table = PhysicsTable.of(physics);
        var bounds =
                new NodeBounds(
                        profile.gpu().clocks().lowest(),
                        profile.gpu().clocks().highest(),
                        setup.slo().maximumPace().toNanos() / 1000,
                        setup.timing().lease().toNanos());
        engine =
                new GearedEngine(
                        new SimulatedEngine(physics, random.split(), 0),
                        profile.gpu().defaultClockMhz(),
                        bounds);
        requests = new RequestLine(setup);
        control = new ControlLoop(setup, table);
    }

    /**
     * Serves a trace to its end.
     *
     * @param trace in order of arrival, at least one request, each within the model's window
     */
    public static RunResult of(RunSetup setup, List<TraceRequest> trace) {
        if (trace.isEmpty()) {
            throw new IllegalArgumentException("a run needs at least one request");
        }
        return new EngineRun(setup).serve(trace);
    }

    private RunResult serve(List<TraceRequest> trace) {
        int arrived = 0;
        long now = 0;
        while (arrived < trace.size() || !requests.isEmpty()) {
            long arrival =
                    arrived < trace.size()
                            ? trace.get(arrived).arrivalNanos()
                            : SimulatedEngine.NEVER;
            now =
                    Math.min(
                            Math.min(arrival, engine.nextEventNanos()),
                            Math.min(control.dueNanos(), observationDueNanos()));
            advance(now);
            while (control.dueNanos() <= now) {
                engine.on(control.take(), now);
            }
            if (arrival <= now) {
                arrive(trace.get(arrived), now);
                arrived++;
            }
            if (observationDueNanos() <= now) {
                observe(now);
            }
        }
        return new RunResult(
                setup.policy().name(),
                now / 1e9,
                outcomes.requests(),
                outcomes.attained(),
                engine.joules(),
                outcomes.tokens(),
                engine.meanClockMhz(0),
                outcomes.ttftP99Millis(),
                outcomes.e2eP99Millis(),
                engine.directives());
    }

    private long observationDueNanos() {
        long longestGapNanos = setup.timing().lease().toNanos() / 4;
        return sequence == 0 ? 0 : observedNanos + (changed ? SHORTEST_GAP_NANOS : longestGapNanos);
    }

    private void advance(long now) {
        IterationCompleted iteration = engine.advance(now);
        while (iteration != null) {
            completed(iteration);
            iteration = engine.advance(now);
        }
    }

    private void arrive(TraceRequest request, long now) {
        load.arrived(now);
        requests.arrive(request, now);
        startThoseThatMay(now);
    }

    private void startThoseThatMay(long now) {
        EngineRequest next = requests.admit(lastIterationMicros, now);
        while (next != null) {
            engine.submit(next, now);
            changed = true;
            next = requests.admit(lastIterationMicros, now);
        }
        changed |= engine.checkLoad(requests.scoreboard(), now);
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

    private void finish(long id, FinishReason reason) {
        ScoreboardEntry entry = requests.finished(id, reason == FinishReason.LENGTH);
        var missed = entry.latencies().missed(entry.promise().targets());
        outcomes.finished(entry.latencies(), missed.isEmpty(), entry.generated());
        finished.add(new FinishedRequest(entry.promise().policy(), missed, true));
        changed = true;
    }

    private void measure(IterationCompleted iteration) {
        lastIterationMicros = iteration.durationNanos() / 1e3;
        load.completed(iteration.durationNanos(), iteration.tokens().size(), iteration.endNanos());
        if (iteration.startClockMhz() == iteration.clockMhz()) {
            trim.iteration(
                    lastIterationMicros,
                    table.iterationMicros(
                            table.clocks().indexAtLeast(iteration.clockMhz()),
                            iteration.work().decodeTokens(),
                            (double) iteration.work().kvTokens(),
                            iteration.work().prefillTokens()));
        }
    }

    private void observe(long now) {
        sequence++;
        var entries = requests.scoreboard().entries();
        var forecast = requests.forecast(now);
        control.observed(
                new EngineObservation(
                        ControlLoop.ENGINE,
                        ControlLoop.INCARNATION,
                        sequence,
                        now,
                        load.load(
                                entries,
                                setup.profile().limits().kvCapacityTokens(),
                                trim.factor(),
                                now),
                        forecast.projection().compact(SEGMENTS),
                        Urgency.byPolicy(entries, now),
                        finished,
                        engine.gear(),
                        new Pacing(true, PaceGuard.micros(entries, lastIterationMicros, now))),
                now);
        finished.clear();
        changed = false;
        observedNanos = now;
    }
}
