package dev.lowgear.agent.owner;

import dev.lowgear.agent.engine.EngineIdentity;
import dev.lowgear.agent.engine.EngineStatus;
import dev.lowgear.agent.gear.GearCounters;
import dev.lowgear.agent.gear.GearHolder;
import dev.lowgear.agent.publishing.RecordPublisher;
import dev.lowgear.contract.EngineProjection;
import dev.lowgear.contract.Topics;
import dev.lowgear.core.control.EngineObservation;
import dev.lowgear.core.observation.EngineLoad;
import dev.lowgear.core.observation.FinishedRequest;
import dev.lowgear.core.observation.PaceGuard;
import dev.lowgear.core.observation.Pacing;
import dev.lowgear.core.observation.Urgency;
import dev.lowgear.core.projection.Forecast;
import dev.lowgear.core.projection.Projection;

import java.util.ArrayList;
import java.util.List;

/**
 * Publishes what one engine looks like: soon after something changed, but at most ten times a
 * second, and at least every quarter lease, so that every gear in use is renewed in time.
 */
final class Observer {
    /** At most so many segments go on the wire. */
    private static final int WIRE_SEGMENTS = 16;

    private static final long SHORTEST_GAP_NANOS = 100_000_000;

    private final EngineIdentity identity;
    private final RequestBook book;
    private final EngineMeters meters;
    private final GearHolder gear;
    private final TableInForce table;
    private final boolean canPace;
    private final RecordPublisher publisher;
    private final long longestGapNanos;
    private final long startNanos;
    private final List<FinishedRequest> finished = new ArrayList<>();
    private boolean changed = true;
    private long lastNanos;
    private long sequence;
    private volatile EngineStatus status;

    Observer(
            EngineIdentity identity,
            RequestBook book,
            EngineMeters meters,
            GearHolder gear,
            TableInForce table,
            boolean canPace,
            RecordPublisher publisher,
            long leaseNanos,
            long nowNanos) {
        this.identity = identity;
        this.book = book;
        this.meters = meters;
        this.gear = gear;
        this.table = table;
        this.canPace = canPace;
        this.publisher = publisher;
        longestGapNanos = leaseNanos / 4;
        startNanos = nowNanos;
        lastNanos = nowNanos - longestGapNanos;
        status = snapshot(load(nowNanos), nowNanos);
    }

    EngineStatus status() {
        return status;
    }

    /** Something changed that a planner should know. */
    void changed() {
        changed = true;
    }

    void finished(FinishedRequest outcome) {
        finished.add(outcome);
        changed = true;
    }

    long dueNanos() {
        return lastNanos + (changed ? SHORTEST_GAP_NANOS : longestGapNanos);
    }

    void tick(long nowNanos) {
        if (nowNanos - dueNanos() < 0) {
            return;
        }
        EngineLoad load = load(nowNanos);
        book.learnFromRunning();
        book.markLost(nowNanos);
        Forecast forecast = book.forecast(nowNanos);
        EngineObservation seen = observe(load, forecast, nowNanos);
        publisher.publish(
                Topics.PROJECTIONS.topic(),
                identity.id().value(),
                EngineProjection.of(
                        seen, identity.agentId(), identity.servedModel(), identity.fingerprint()));
        finished.clear();
        changed = false;
        lastNanos = nowNanos;
        status = snapshot(load, nowNanos);
    }

    private EngineObservation observe(EngineLoad load, Forecast forecast, long nowNanos) {
        sequence++;
        Projection projection = forecast.projection().compact(WIRE_SEGMENTS);
        Pacing pacing =
                canPace
                        ? new Pacing(
                                true,
                                PaceGuard.micros(
                                        book.entries(), meters.lastIterationMicros(), nowNanos))
                        : Pacing.IMPOSSIBLE;
        return new EngineObservation(
                identity.id(),
                identity.incarnation(),
                sequence,
                nowNanos,
                load,
                projection,
                Urgency.byPolicy(book.entries(), nowNanos),
                finished,
                gear.gear(),
                pacing);
    }

    private EngineLoad load(long nowNanos) {
        return meters.load(
                book.entries(),
                identity.profile().limits().kvCapacityTokens(),
                table.trim(),
                nowNanos);
    }

    private EngineStatus snapshot(EngineLoad load, long nowNanos) {
        GearCounters told = gear.counters();
        return new EngineStatus(
                identity.id().value(),
                identity.servedModel(),
                identity.profile().id(),
                identity.backend(),
                "ready",
                identity.incarnation(),
                (nowNanos - startNanos) / 1_000_000,
                gear.gear(),
                meters.clockMhz(),
                gear.decisionId(),
                load,
                meters.energy(),
                book.counters().snapshot(meters.iterations()),
                new EngineStatus.Control(
                        told.gears(),
                        told.renewals(),
                        told.refusals(),
                        told.expiries(),
                        told.reflexes(),
                        sequence));
    }
}
