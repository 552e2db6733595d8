package dev.lowgear.gateway.dispatch;

import dev.lowgear.core.routing.RoutingPolicy;
import dev.lowgear.gateway.GatewayProperties;
import dev.lowgear.gateway.fleet.Fleet;
import dev.lowgear.gateway.fleet.ServingEngine;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The engines of one model and the requests that wait for them. Threads of requests enter, wait for
 * their turn and report what became of it; whatever may open a lane gives the turns out.
 */
public final class Pool {
    private final String model;
    private final Fleet fleet;
    private final ScheduledExecutorService timer;
    private final PoolState state;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable ScheduledFuture<?> opening;

    Pool(
            String model,
            Fleet fleet,
            GatewayProperties.Queue settings,
            RoutingPolicy routing,
            ScheduledExecutorService timer) {
        this.model = model;
        this.fleet = fleet;
        this.timer = timer;
        state = new PoolState(settings, routing, fleet::active);
    }

    /** Takes a request; the answer is {@link Grant.Waiting} if it has to wait. */
    public Grant enter(Ticket ticket) {
        return locked(() -> {
            state.arrive(ticket, now());
            dispatch();
            return ticket.grant();
        });
    }

    /** Waits for a turn, at most so long; {@link Grant.Waiting} if it did not come. */
    public Grant await(Ticket ticket, Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            ticket.await(lock, atMost);
            return ticket.grant();
        } finally {
            lock.unlock();
        }
    }

    /** The request gives up waiting; {@link Grant.Waiting} unless its turn came meanwhile. */
    public Grant leave(Ticket ticket) {
        return locked(() -> {
            state.remove(ticket);
            dispatch();
            return ticket.grant();
        });
    }

    /** The engine has begun to answer. */
    public void started(ServingEngine engine) {
        locked(() -> {
            state.started(engine, now());
            dispatch();
            return true;
        });
    }

    /** The engine had no room and expects to have some after a while; the request waits again. */
    public Grant full(Ticket ticket, ServingEngine engine, Duration wait) {
        return locked(() -> {
            state.full(ticket, engine, wait, now());
            dispatch();
            return ticket.grant();
        });
    }

    /** The engine did not answer; the request goes to another, or waits for one. */
    public Grant unreachable(Ticket ticket, ServingEngine engine) {
        fleet.unreachable(engine.agent(), now());
        return locked(() -> {
            state.unreachable(ticket, engine, now());
            dispatch();
            return ticket.grant();
        });
    }

    /** A request that the engine had ended, however. */
    public void ended(ServingEngine engine) {
        locked(() -> {
            state.ended(engine, now());
            dispatch();
            return true;
        });
    }

    /** Served model name. */
    public String model() {
        return model;
    }

    /** Requests waiting for an engine. */
    public int queued() {
        return locked(state::queued);
    }

    /** Requests at engines. */
    public int inFlight() {
        return locked(state::inFlight);
    }

    /** When another attempt may find room. */
    public Duration retryHint() {
        return locked(state::retryHint);
    }

    /** Gives turns out, because an engine may have come or a lane may have opened. */
    void wake() {
        locked(() -> {
            dispatch();
            return true;
        });
    }

    private void dispatch() {
        state.dispatch(fleet.serving(model, now()), now());
        long nanos = state.nanosToNextOpening(now());
        if (opening != null) {
            opening.cancel(false);
            opening = null;
        }
        if (nanos != Long.MAX_VALUE && !timer.isShutdown()) {
            opening = timer.schedule(this::wake, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private <T> T locked(Supplier<T> step) {
        lock.lock();
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }

    private static long now() {
        return System.nanoTime();
    }
}
