package dev.lowgear.scheduler.loop;

import dev.lowgear.core.control.Event;
import dev.lowgear.core.fleet.EngineId;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * What waits for the control loop. Observations are conflated: one per engine, the newest, with the
 * outcomes of those it stands for; beyond a bound of engines they are dropped and counted, and the
 * engine's lease does the rest. Facts are kept in order and never dropped; they are few. Offering
 * never blocks.
 */
public final class Inbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Deque<Event> facts = new ArrayDeque<>();
    private final LinkedHashMap<EngineId, Event.ObservationReceived> observations =
            new LinkedHashMap<>();
    private final int engines;
    private long conflated;
    private long dropped;

    Inbox(int engines) {
        this.engines = engines;
    }

    /** Leaves an observation. */
    public void offer(Event.ObservationReceived received) {
        lock.lock();
        try {
            EngineId engine = received.observation().engine();
            Event.ObservationReceived waiting = observations.get(engine);
            if (waiting == null && observations.size() >= engines) {
                dropped++;
                return;
            }
            if (waiting != null) {
                conflated++;
            }
            observations.put(engine, waiting == null ? received : conflated(waiting, received));
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    private static Event.ObservationReceived conflated(
            Event.ObservationReceived waiting, Event.ObservationReceived received) {
        if (waiting.shard() != received.shard()) {
            return received;
        }
        return new Event.ObservationReceived(
                received.shard(),
                received.agent(),
                waiting.observation().conflatedWith(received.observation()),
                received.atNanos());
    }

    /** Leaves a fact. */
    public void post(Event fact) {
        lock.lock();
        try {
            facts.add(fact);
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Everything that waits, facts first; waits for something at most so long. */
    List<Event> drain(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long remaining = atMost.toNanos();
            while (facts.isEmpty() && observations.isEmpty() && remaining > 0) {
                remaining = filled.awaitNanos(remaining);
            }
            List<Event> drained = new ArrayList<>(facts.size() + observations.size());
            drained.addAll(facts);
            drained.addAll(observations.values());
            facts.clear();
            observations.clear();
            return drained;
        } finally {
            lock.unlock();
        }
    }

    /** Observations that a newer one replaced before it was decided upon. */
    public long conflated() {
        return counted(() -> conflated);
    }

    /** Observations dropped because too many engines waited. */
    public long dropped() {
        return counted(() -> dropped);
    }

    private long counted(LongSupplier counter) {
        lock.lock();
        try {
            return counter.getAsLong();
        } finally {
            lock.unlock();
        }
    }
}
