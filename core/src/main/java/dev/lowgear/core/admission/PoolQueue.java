package dev.lowgear.core.admission;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The queue in front of the engines of one model: priority first, then the earliest deadline, with
 * ageing.
 *
 * <p><b>Order.</b> At time t a request that arrived at a with priority p is at level
 *
 * <pre>  level(t) = p + ⌊(t − a) / ageing⌋ </pre>
 *
 * The highest level goes first. Within a level, requests that can still be in time go before those
 * already late (a missed deadline is missed; going first it would only make others miss theirs),
 * each part by deadline, then arrival, then id.
 *
 * <p><b>No starvation.</b> A request overtakes for good everything that arrives more than (p' − p +
 * 1) · ageing after it, where p' is the other's priority: whoever waits is served after a bounded
 * number of others.
 *
 * <p><b>Bound.</b> When full, an arrival takes the place of the last sheddable request in order, if
 * that would be behind it; else it is refused.
 *
 * <p>The order depends on the time, so nothing is kept sorted: the head is found by one pass over
 * at most {@code capacity} requests. Not thread-safe; owned by one pool.
 */
public final class PoolQueue {
    private final int capacity;
    private final long ageingNanos;
    private final List<WaitingRequest> waiting = new ArrayList<>();

    /** What became of an arrival. */
    public sealed interface Offer {
        /** It waits. */
        record Queued() implements Offer {}

        /** It waits, in the place of another, which is to be rejected. */
        record Displaced(WaitingRequest victim) implements Offer {}

        /** There is no place for it. */
        record Refused() implements Offer {}
    }

    /**
     * An empty queue.
     *
     * @param capacity requests that may wait, at least 1
     * @param ageing time in which a waiting request gains one priority, positive
     */
    public PoolQueue(int capacity, Duration ageing) {
        if (capacity < 1 || ageing.isZero() || ageing.isNegative()) {
            throw new IllegalArgumentException(
                    "capacity is at least 1 and ageing positive, got " + capacity + ", " + ageing);
        }
        this.capacity = capacity;
        ageingNanos = ageing.toNanos();
    }

    /** Takes an arrival, if there is a place. */
    public Offer offer(WaitingRequest arrival, long nowNanos) {
        if (waiting.size() < capacity) {
            waiting.add(arrival);
            return new Offer.Queued();
        }
        int last = -1;
        for (int i = 0; i < waiting.size(); i++) {
            if (waiting.get(i).sheddable()
                    && (last < 0 || isBefore(waiting.get(last), waiting.get(i), nowNanos))) {
                last = i;
            }
        }
        if (last < 0 || !isBefore(arrival, waiting.get(last), nowNanos)) {
            return new Offer.Refused();
        }
        return new Offer.Displaced(waiting.set(last, arrival));
    }

    /**
     * Takes back a request that had left for an engine that turned out to be full; it had its
     * place, so capacity does not count.
     */
    public void putBack(WaitingRequest request) {
        waiting.add(request);
    }

    /** Who goes next, if anyone waits. */
    public Optional<WaitingRequest> head(long nowNanos) {
        WaitingRequest head = null;
        for (WaitingRequest request : waiting) {
            if (head == null || isBefore(request, head, nowNanos)) {
                head = request;
            }
        }
        return Optional.ofNullable(head);
    }

    /** Removes a request that goes or gave up; false if it does not wait. */
    public boolean remove(WaitingRequest request) {
        return waiting.remove(request);
    }

    /** How many wait. */
    public int size() {
        return waiting.size();
    }

    private boolean isBefore(WaitingRequest one, WaitingRequest other, long nowNanos) {
        long difference = level(one, nowNanos) - level(other, nowNanos);
        if (difference != 0) {
            return difference > 0;
        }
        boolean late = one.deadlineNanos() < nowNanos;
        if (late != other.deadlineNanos() < nowNanos) {
            return !late;
        }
        int order = Long.compare(one.deadlineNanos(), other.deadlineNanos());
        if (order == 0) {
            order = Long.compare(one.arrivalNanos(), other.arrivalNanos());
        }
        return (order == 0 ? one.requestId().compareTo(other.requestId()) : order) < 0;
    }

    private long level(WaitingRequest request, long nowNanos) {
        return request.priority() + (nowNanos - request.arrivalNanos()) / ageingNanos;
    }
}
