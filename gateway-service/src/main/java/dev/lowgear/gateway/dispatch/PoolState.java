package dev.lowgear.gateway.dispatch;

import dev.lowgear.core.admission.PoolQueue;
import dev.lowgear.core.admission.WaitingRequest;
import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.routing.EngineCandidate;
import dev.lowgear.core.routing.RoutingPolicy;
import dev.lowgear.gateway.GatewayProperties;
import dev.lowgear.gateway.fleet.ServingEngine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Who waits for the engines of one model, and what each engine said last. Everything happens at a
 * given time, and nothing waits here: {@link Pool} adds the lock and the waiting.
 */
final class PoolState {
    private static final Duration LEAST_RETRY = Duration.ofMillis(1);
    private static final Duration LONGEST_HINT = Duration.ofMinutes(2);

    private final PoolQueue queue;
    private final RoutingPolicy routing;
    private final ToIntFunction<EngineId> active;
    private final long probeNanos;
    private final Duration longestRetry;
    private final Map<String, Ticket> waiting = new HashMap<>();
    private final Map<EngineId, Lane> lanes = new HashMap<>();
    private Duration lastWait = Duration.ofSeconds(1);
    private long turn;

    PoolState(
            GatewayProperties.Queue settings,
            RoutingPolicy routing,
            ToIntFunction<EngineId> active) {
        queue = new PoolQueue(settings.capacity(), settings.ageing());
        this.routing = routing;
        this.active = active;
        probeNanos = settings.probeInterval().toNanos();
        longestRetry = settings.longestRetry();
    }

    /** Takes an arrival; returns who was refused for want of a place, if anyone. */
    List<Ticket> arrive(Ticket arrival, long nowNanos) {
        return switch (queue.offer(arrival.request(), nowNanos)) {
            case PoolQueue.Offer.Queued _ -> {
                waiting.put(arrival.request().requestId(), arrival);
                yield List.of();
            }
            case PoolQueue.Offer.Displaced displaced -> {
                waiting.put(arrival.request().requestId(), arrival);
                Ticket victim = ticket(displaced.victim());
                waiting.remove(victim.request().requestId());
                yield refuse(victim);
            }
            case PoolQueue.Offer.Refused _ -> refuse(arrival);
        };
    }

    private List<Ticket> refuse(Ticket ticket) {
        ticket.grant(new Grant.Refused(retryHint()));
        return List.of(ticket);
    }

    /** Gives out what can be given out; returns the tickets that were told something. */
    List<Ticket> dispatch(List<ServingEngine> engines, long nowNanos) {
        List<Ticket> told = new ArrayList<>();
        var head = queue.head(nowNanos);
        while (head.isPresent()) {
            Ticket ticket = ticket(head.get());
            List<ServingEngine> possible =
                    engines.stream().filter(engine -> !ticket.avoids(engine.agent())).toList();
            List<ServingEngine> open =
                    possible.stream().filter(engine -> lane(engine).takes(nowNanos)).toList();
            if (open.isEmpty() && !possible.isEmpty()) {
                break;
            }
            ticket.grant(open.isEmpty() ? new Grant.Nobody() : send(open, nowNanos));
            remove(ticket);
            told.add(ticket);
            head = queue.head(nowNanos);
        }
        return told;
    }

    private Grant send(List<ServingEngine> open, long nowNanos) {
        List<EngineCandidate> candidates =
                open.stream()
                        .map(engine ->
                                new EngineCandidate(
                                        engine.id(),
                                        lane(engine).inFlight(),
                                        active.applyAsInt(engine.id()),
                                        engine.maximumBatch()))
                        .toList();
        ServingEngine chosen = open.get(routing.choose(candidates, turn++));
        lane(chosen).sent(nowNanos, probeNanos);
        return new Grant.To(chosen);
    }

    /** The engine has begun to answer. */
    void started(ServingEngine engine, long nowNanos) {
        lane(engine).started(nowNanos, queue.size() > 0);
    }

    /** The engine had no room; the request has its place back. */
    void full(Ticket ticket, ServingEngine engine, Duration wait, long nowNanos) {
        lastWait = wait;
        Duration bounded = wait.compareTo(longestRetry) > 0 ? longestRetry : wait;
        lane(engine)
                .full(
                        nowNanos,
                        bounded.compareTo(LEAST_RETRY) < 0
                                ? LEAST_RETRY.toNanos()
                                : bounded.toNanos());
        putBack(ticket);
    }

    /** The engine did not answer; the request has its place back and tries another. */
    void unreachable(Ticket ticket, ServingEngine engine, long nowNanos) {
        ticket.avoid(engine.agent());
        ended(engine, nowNanos);
        putBack(ticket);
    }

    private void putBack(Ticket ticket) {
        ticket.grant(new Grant.Waiting());
        queue.putBack(ticket.request());
        waiting.put(ticket.request().requestId(), ticket);
    }

    /** A request at the engine ended, however. */
    void ended(ServingEngine engine, long nowNanos) {
        Lane lane = lane(engine);
        lane.ended(nowNanos);
        if (lane.inFlight() == 0 && queue.size() == 0) {
            lanes.remove(engine.id());
        }
    }

    /** A request gave up waiting. */
    void remove(Ticket ticket) {
        queue.remove(ticket.request());
        waiting.remove(ticket.request().requestId());
    }

    /** When a closed lane opens by itself while somebody waits; {@link Long#MAX_VALUE} if never. */
    long nanosToNextOpening(long nowNanos) {
        long least = Long.MAX_VALUE;
        if (queue.size() > 0) {
            for (Lane lane : lanes.values()) {
                if (!lane.takes(nowNanos)) {
                    least = Math.min(least, lane.closedUntilNanos() - nowNanos);
                }
            }
        }
        return least;
    }

    int queued() {
        return queue.size();
    }

    int inFlight() {
        return lanes.values().stream().mapToInt(Lane::inFlight).sum();
    }

    /** When another attempt may find room: what a full engine said last, within reason. */
    Duration retryHint() {
        return lastWait.compareTo(LONGEST_HINT) > 0 ? LONGEST_HINT : lastWait;
    }

    private Ticket ticket(WaitingRequest request) {
        Ticket ticket = waiting.get(request.requestId());
        if (ticket == null) {
            throw new IllegalStateException("nobody holds the ticket of " + request);
        }
        return ticket;
    }

    private Lane lane(ServingEngine engine) {
        return lanes.computeIfAbsent(engine.id(), _ -> new Lane());
    }
}
