package dev.lowgear.gateway.dispatch;

import dev.lowgear.core.admission.WaitingRequest;
import dev.lowgear.core.fleet.AgentId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One request on its way to an engine; guarded by its pool. */
public final class Ticket {
    private final WaitingRequest request;
    private final Set<AgentId> avoided = new HashSet<>();
    private Grant grant = new Grant.Waiting();
    private @Nullable Condition turn;

    /** A request that has not tried any engine. */
    public Ticket(WaitingRequest request) {
        this.request = request;
    }

    WaitingRequest request() {
        return request;
    }

    Grant grant() {
        return grant;
    }

    void grant(Grant given) {
        grant = given;
        if (turn != null) {
            turn.signal();
        }
    }

    /** Waits until told something, at most so long; the caller holds the pool's lock. */
    void await(ReentrantLock lock, Duration atMost) throws InterruptedException {
        turn = lock.newCondition();
        long left = atMost.toNanos();
        while (grant instanceof Grant.Waiting && left > 0) {
            left = turn.awaitNanos(left);
        }
        turn = null;
    }

    void avoid(AgentId agent) {
        avoided.add(agent);
    }

    boolean avoids(AgentId agent) {
        return avoided.contains(agent);
    }
}
