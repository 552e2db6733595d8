package dev.lowgear.guardian;

import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.lease.Lease;
import dev.lowgear.core.lease.NodeBounds;
import dev.lowgear.guardian.gpu.ClockActuator;
import dev.lowgear.guardian.gpu.GpuException;
import dev.lowgear.guardian.journal.LockJournal;
import dev.lowgear.guardian.protocol.GuardianAnswer;
import dev.lowgear.guardian.protocol.GuardianAnswer.Code;
import dev.lowgear.guardian.protocol.GuardianRequest;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Keeps the clocks of a node: takes requests, and moves GPUs one engine at a time. Owned by the
 * actuator thread, with time as an argument.
 *
 * <p>What is most urgent goes first: resets, then raises, then the rest, so that nobody waits for a
 * saving while somebody needs speed. A request costs nothing until its turn, and then only the
 * newest of its engine counts. GPUs that have their clock already are skipped. All GPUs of an
 * engine move or none: if one refuses, the others go back to what they were, and what was released
 * before is reset.
 *
 * <p>Order of durability: a GPU is in the journal before it is locked, and is crossed out after it
 * was reset. A reset that fails is tried again, with back-off, until it succeeds.
 */
final class ClockKeeper {
    static final GuardianAnswer.Refused STOPPING =
            new GuardianAnswer.Refused(Code.STOPPING, "the guardian is stopping");

    private static final GuardianAnswer.Refused RELEASED =
            new GuardianAnswer.Refused(Code.RELEASED, "an operator's release is in force");
    private static final GuardianAnswer.Refused RELOADED =
            new GuardianAnswer.Refused(Code.ACTUATOR, "the driver was reloaded");

    private final Set<String> optedIn;
    private final NodeBounds bounds;
    private final ClockActuator actuator;
    private final LockJournal journal;
    private final EventLog log;

    private final TreeMap<EngineId, EngineClock> engines = new TreeMap<>();
    private final TreeMap<String, Integer> lockedMhz = new TreeMap<>();
    private ReleaseOrder release = new ReleaseOrder.None();
    private boolean stopping;
    private long generation;
    private long sets;
    private long resets;
    private long expiries;
    private long refusals;

    /** A keeper that will first of all reset what the journal says is locked, and nothing else. */
    ClockKeeper(
            Set<String> optedIn,
            NodeBounds bounds,
            ClockActuator actuator,
            LockJournal journal,
            EventLog log) {
        this.optedIn = Set.copyOf(optedIn);
        this.bounds = bounds;
        this.actuator = actuator;
        this.journal = journal;
        this.log = log;
        this.generation = actuator.generation();
        journal.locked().forEach((gpu, engine) -> clock(engine).gpus.add(gpu));
        engines.values()
                .forEach(clock ->
                        log.record(
                                "event=journal-reset engine="
                                        + clock.engine
                                        + " gpus="
                                        + clock.gpus));
    }

    /** A request has arrived. */
    void accept(Order order) {
        switch (order.request()) {
            case GuardianRequest.Set set -> set(set, order.receivedNanos(), order.answer());
            case GuardianRequest.Renew renew -> renew(renew, order.receivedNanos(), order.answer());
            case GuardianRequest.Reset reset -> reset(reset, order.answer());
            case GuardianRequest.Status status ->
                    throw new IllegalArgumentException("the actuator thread answers no status");
        }
    }

    private void set(GuardianRequest.Set set, long receivedNanos, Consumer<GuardianAnswer> answer) {
        GuardianAnswer.Refused refusal = refusal(set);
        if (refusal != null) {
            refuse(set.engine(), refusal, answer);
            return;
        }
        clock(set.engine())
                .aim(
                        new EngineClock.Target(
                                bounds.clampClock(set.clockMhz()),
                                set.gpus(),
                                receivedNanos,
                                receivedNanos + leaseNanos(set.leaseMillis()),
                                List.of(answer)));
    }

    private GuardianAnswer.@Nullable Refused refusal(GuardianRequest.Set set) {
        if (stopping) {
            return STOPPING;
        }
        if (release.covers(set.engine())) {
            return RELEASED;
        }
        for (String gpu : set.gpus()) {
            if (!optedIn.contains(gpu)) {
                return new GuardianAnswer.Refused(
                        Code.NOT_OPTED_IN, gpu + " is not opted in on this node");
            }
        }
        for (EngineClock other : engines.values()) {
            if (other.engine.equals(set.engine())) {
                if (!other.mayMove(Set.copyOf(set.gpus()))) {
                    return new GuardianAnswer.Refused(
                            Code.CONFLICT, set.engine() + " holds " + other.gpus + ": reset first");
                }
            } else if (set.gpus().stream().anyMatch(gpu -> holds(other, gpu))) {
                return new GuardianAnswer.Refused(
                        Code.CONFLICT, "a GPU of these is held by " + other.engine);
            }
        }
        return null;
    }

    private static boolean holds(EngineClock clock, String gpu) {
        EngineClock.Target target = clock.target();
        return clock.gpus.contains(gpu) || (target != null && target.gpus().contains(gpu));
    }

    private void renew(
            GuardianRequest.Renew renew, long receivedNanos, Consumer<GuardianAnswer> answer) {
        EngineClock clock = engines.get(renew.engine());
        int kept =
                clock == null
                        ? 0
                        : clock.renew(
                                receivedNanos + leaseNanos(renew.leaseMillis()), receivedNanos);
        if (kept > 0) {
            answer.accept(new GuardianAnswer.Done(kept));
        } else {
            refuse(
                    renew.engine(),
                    new GuardianAnswer.Refused(Code.NOT_LEASED, "nothing is leased"),
                    answer);
        }
    }

    private void reset(GuardianRequest.Reset reset, Consumer<GuardianAnswer> answer) {
        EngineClock clock = engines.get(reset.engine());
        if (clock == null) {
            answer.accept(new GuardianAnswer.Done(0));
            return;
        }
        clock.reset(answer);
    }

    private void refuse(
            EngineId engine, GuardianAnswer.Refused refusal, Consumer<GuardianAnswer> answer) {
        refusals++;
        log.record("event=refused engine=" + engine + " " + refusal.line());
        answer.accept(refusal);
    }

    /** What the operator's release file says now. */
    void releaseAsked(ReleaseOrder order) {
        if (!order.equals(release)) {
            log.record("event=release-order order=" + order);
        }
        release = order;
        for (EngineClock clock : engines.values()) {
            if (order.covers(clock.engine) && !clock.isIdle() && !clock.needsReset()) {
                clock.release(RELEASED);
            }
        }
    }

    /** Refuses everything from now on and gives everything back. */
    void stop() {
        stopping = true;
        engines.values().forEach(clock -> clock.release(STOPPING));
    }

    /** Whether no GPU is locked. */
    boolean isEverythingReset() {
        return engines.values().stream().allMatch(clock -> clock.gpus.isEmpty());
    }

    /**
     * Moves the GPUs of the one engine that is most urgent.
     *
     * @return nanoseconds until something is due again; 0 if something is now
     */
    long work(long nowNanos) {
        for (EngineClock clock : engines.values()) {
            if (clock.expire(nowNanos)) {
                expiries++;
                log.record("event=lease-expired engine=" + clock.engine);
            }
        }
        EngineClock clock = mostUrgent(nowNanos);
        if (clock != null) {
            EngineClock.Target target = clock.target();
            if (target == null) {
                giveBack(clock, nowNanos);
            } else {
                move(clock, target, nowNanos);
            }
            dropAfterDriverReload();
        }
        engines.values().removeIf(EngineClock::isIdle);
        return engines.values().stream()
                .mapToLong(next -> next.dueInNanos(nowNanos))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private @Nullable EngineClock mostUrgent(long nowNanos) {
        EngineClock most = null;
        int urgency = Integer.MAX_VALUE;
        for (EngineClock clock : engines.values()) {
            int its = urgency(clock, nowNanos);
            if (its < urgency || (its == urgency && most != null && clock.waitsLonger(most))) {
                most = clock;
                urgency = its;
            }
        }
        return most;
    }

    private int urgency(EngineClock clock, long nowNanos) {
        EngineClock.Target target = clock.target();
        if (target != null) {
            return isRaise(clock, target) ? 1 : 2;
        }
        return clock.needsReset() && clock.mayTryReset(nowNanos) ? 0 : Integer.MAX_VALUE;
    }

    private boolean isRaise(EngineClock clock, EngineClock.Target target) {
        return clock.gpus.stream()
                .anyMatch(
                        gpu -> lockedMhz.getOrDefault(gpu, Integer.MAX_VALUE) < target.clockMhz());
    }

    private void move(EngineClock clock, EngineClock.Target target, long nowNanos) {
        if (target.untilNanos() - nowNanos <= 0) {
            refusals++;
            clock.refuseTarget(
                    new GuardianAnswer.Refused(Code.TOO_LATE, "its lease ended before its turn"));
            return;
        }
        if (!journaled(clock, target)) {
            return;
        }
        Map<String, Integer> before = new TreeMap<>(lockedMhz);
        try {
            int lowest = Integer.MAX_VALUE;
            for (String gpu : target.gpus()) {
                int mhz = supported(gpu, target.clockMhz());
                if (lockedMhz.getOrDefault(gpu, 0) != mhz) {
                    // Unknown until the call has returned.
                    lockedMhz.remove(gpu);
                    actuator.lock(gpu, mhz);
                    lockedMhz.put(gpu, mhz);
                    sets++;
                }
                lowest = Math.min(lowest, mhz);
            }
            clock.reached(target, lowest, nowNanos);
        } catch (GpuException e) {
            log.record("event=set-failed engine=" + clock.engine + " reason=" + e.getMessage());
            refusals++;
            clock.refuseTarget(
                    new GuardianAnswer.Refused(Code.ACTUATOR, String.valueOf(e.getMessage())));
            rollBack(clock, before, nowNanos);
        }
    }

    private boolean journaled(EngineClock clock, EngineClock.Target target) {
        List<String> released =
                target.gpus().stream().filter(gpu -> !clock.gpus.contains(gpu)).toList();
        try {
            journal.lock(clock.engine, released);
            clock.gpus.addAll(released);
            return true;
        } catch (IOException e) {
            log.record("event=journal-failed engine=" + clock.engine + " reason=" + e.getMessage());
            refusals++;
            clock.refuseTarget(
                    new GuardianAnswer.Refused(Code.JOURNAL, String.valueOf(e.getMessage())));
            return false;
        }
    }

    private int supported(String gpu, int clockMhz) throws GpuException {
        ClockLadder ladder = actuator.supportedClocks(gpu).orElse(null);
        if (ladder == null) {
            return clockMhz;
        }
        // Upwards where possible, since an SLO outranks a joule, but not over the ceiling.
        int up = ladder.mhz(ladder.indexAtLeast(clockMhz));
        return up <= bounds.clockCeilingMhz() ? up : ladder.mhz(ladder.indexAtMost(clockMhz));
    }

    private void rollBack(EngineClock clock, Map<String, Integer> before, long nowNanos) {
        if (!clock.lease().isLeased(nowNanos)) {
            giveBack(clock, nowNanos);
            return;
        }
        try {
            for (String gpu : clock.gpus) {
                Integer mhz = before.get(gpu);
                if (mhz != null && !mhz.equals(lockedMhz.get(gpu))) {
                    actuator.lock(gpu, mhz);
                    lockedMhz.put(gpu, mhz);
                }
            }
        } catch (GpuException e) {
            log.record(
                    "event=rollback-failed engine=" + clock.engine + " reason=" + e.getMessage());
            clock.abandon();
            giveBack(clock, nowNanos);
        }
    }

    private void giveBack(EngineClock clock, long nowNanos) {
        List<String> done = new ArrayList<>();
        String failure = null;
        for (String gpu : clock.gpus) {
            try {
                lockedMhz.remove(gpu);
                actuator.reset(gpu);
                resets++;
                done.add(gpu);
            } catch (GpuException e) {
                failure = gpu + ": " + e.getMessage();
            }
        }
        try {
            journal.reset(done);
            done.forEach(clock.gpus::remove);
        } catch (IOException e) {
            failure = "journal: " + e.getMessage();
        }
        if (failure == null) {
            clock.resetDone();
            log.record("event=reset engine=" + clock.engine + " gpus=" + done);
        } else {
            if (!clock.isFailing()) {
                log.record("event=reset-failed engine=" + clock.engine + " reason=" + failure);
            }
            clock.resetFailed(failure, nowNanos);
        }
    }

    /** A driver that was opened anew has forgotten its locks; what we believe is void. */
    private void dropAfterDriverReload() {
        if (actuator.generation() == generation) {
            return;
        }
        generation = actuator.generation();
        log.record("event=driver-reloaded generation=" + generation);
        lockedMhz.clear();
        engines.values().forEach(clock -> clock.release(RELOADED));
    }

    /** How things stand. */
    KeeperCounts counts() {
        int leased = 0;
        int failing = 0;
        for (EngineClock clock : engines.values()) {
            leased += clock.lease() instanceof Lease.Leased ? 1 : 0;
            failing += clock.isFailing() ? clock.gpus.size() : 0;
        }
        return new KeeperCounts(
                leased,
                journal.locked().size(),
                failing,
                !(release instanceof ReleaseOrder.None),
                sets,
                resets,
                expiries,
                refusals);
    }

    private long leaseNanos(long leaseMillis) {
        return Math.min(
                Math.multiplyExact(Math.min(leaseMillis, Integer.MAX_VALUE), 1_000_000L),
                bounds.maximumLeaseNanos());
    }

    private EngineClock clock(EngineId engine) {
        return engines.computeIfAbsent(engine, EngineClock::new);
    }
}
