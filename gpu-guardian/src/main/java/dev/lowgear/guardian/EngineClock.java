package dev.lowgear.guardian;

import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.lease.Lease;
import dev.lowgear.guardian.protocol.GuardianAnswer;
import dev.lowgear.guardian.protocol.GuardianAnswer.Code;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The clock of one engine: what is locked, for how long, and what it is to become. Between a
 * request and its turn at the driver only the newest request counts.
 */
final class EngineClock {
    private static final long FIRST_RETRY_NANOS = 100_000_000;
    private static final long LAST_RETRY_NANOS = 5_000_000_000L;

    /**
     * What the engine is to run at.
     *
     * @param clockMhz within the node's bounds
     * @param sinceNanos when the engine began to wait for its turn
     * @param untilNanos end of its lease; never extended by waiting
     */
    record Target(
            int clockMhz,
            List<String> gpus,
            long sinceNanos,
            long untilNanos,
            List<Consumer<GuardianAnswer>> answers) {
        Target until(long nanos) {
            return new Target(clockMhz, gpus, sinceNanos, nanos, answers);
        }

        /** The same in the place of an older one, whose askers get its answer too. */
        Target overtaking(@Nullable Target older, List<Consumer<GuardianAnswer>> others) {
            List<Consumer<GuardianAnswer>> all = new ArrayList<>(others);
            if (older != null) {
                all.addAll(older.answers);
            }
            all.addAll(answers);
            return new Target(
                    clockMhz, gpus, older == null ? sinceNanos : older.sinceNanos, untilNanos, all);
        }

        void answer(GuardianAnswer answer) {
            answers.forEach(asker -> asker.accept(answer));
        }
    }

    final EngineId engine;

    /** GPUs that the journal holds for this engine: locked, or still to be reset. */
    final Set<String> gpus = new TreeSet<>();

    private Lease lease = Lease.released();
    private @Nullable Target target;
    private final List<Consumer<GuardianAnswer>> resetAnswers = new ArrayList<>();
    private long retryNanos;
    private long backOffNanos;

    EngineClock(EngineId engine) {
        this.engine = engine;
    }

    Lease lease() {
        return lease;
    }

    @Nullable Target target() {
        return target;
    }

    /** Whether a request for these GPUs may follow what the engine holds now. */
    boolean mayMove(Set<String> wanted) {
        return needsReset() ? wanted.containsAll(gpus) : gpus.isEmpty() || gpus.equals(wanted);
    }

    /** A newer request takes the place of whatever waits, and its place in the queue. */
    void aim(Target newest) {
        target = newest.overtaking(target, resetAnswers);
        resetAnswers.clear();
    }

    /** Nothing is wanted any more: what is locked is to be reset at once, then this is answered. */
    void reset(Consumer<GuardianAnswer> answer) {
        if (target != null) {
            resetAnswers.addAll(target.answers());
            target = null;
        }
        resetAnswers.add(answer);
        abandon();
        if (gpus.isEmpty()) {
            resetDone();
        }
    }

    /** Nothing may be wanted any more, for this reason: what is locked is to be reset at once. */
    void release(GuardianAnswer.Refused why) {
        refuseTarget(why);
        abandon();
    }

    /** Whatever is locked is leased no more. */
    void abandon() {
        lease = lease.release();
        retryNanos = 0;
        backOffNanos = 0;
    }

    /** Whether this waits for its turn longer than the other, both being as urgent. */
    boolean waitsLonger(EngineClock other) {
        return target != null
                && other.target != null
                && target.sinceNanos() - other.target.sinceNanos() < 0;
    }

    void refuseTarget(GuardianAnswer.Refused refusal) {
        Target refused = target;
        target = null;
        if (refused != null) {
            refused.answer(refusal);
        }
    }

    /** The target is in force now. */
    void reached(Target reached, int clockMhz, long nowNanos) {
        target = null;
        lease = lease.grant(clockMhz, reached.untilNanos(), nowNanos);
        backOffNanos = 0;
        reached.answer(new GuardianAnswer.Done(clockMhz));
    }

    /** Extends what is leased or waits to be; the clock kept, or 0 if there is none. */
    int renew(long untilNanos, long nowNanos) {
        if (target != null) {
            long later = untilNanos - target.untilNanos() > 0 ? untilNanos : target.untilNanos();
            target = target.until(later);
            return target.clockMhz();
        }
        if (!lease.isLeased(nowNanos)) {
            return 0;
        }
        lease = lease.renew(untilNanos, nowNanos);
        return (int) lease.value();
    }

    /** Ends the lease if its time has come; whether it did just now. */
    boolean expire(long nowNanos) {
        boolean ended = lease instanceof Lease.Leased && !lease.isLeased(nowNanos);
        if (ended && (target == null || target.untilNanos() - nowNanos <= 0)) {
            lease = lease.at(nowNanos);
            return true;
        }
        return false;
    }

    /** Whether GPUs are locked that should not be. */
    boolean needsReset() {
        return !gpus.isEmpty() && lease instanceof Lease.Released && target == null;
    }

    /** Whether a reset that failed waits for its next attempt. */
    boolean isFailing() {
        return backOffNanos > 0;
    }

    boolean mayTryReset(long nowNanos) {
        return !isFailing() || nowNanos - retryNanos >= 0;
    }

    void resetFailed(String reason, long nowNanos) {
        backOffNanos = Math.clamp(2 * backOffNanos, FIRST_RETRY_NANOS, LAST_RETRY_NANOS);
        retryNanos = nowNanos + backOffNanos;
        answerResets(new GuardianAnswer.Refused(Code.ACTUATOR, reason));
    }

    void resetDone() {
        backOffNanos = 0;
        answerResets(new GuardianAnswer.Done(0));
    }

    private void answerResets(GuardianAnswer answer) {
        resetAnswers.forEach(waiting -> waiting.accept(answer));
        resetAnswers.clear();
    }

    /** Nothing is locked, leased or wanted. */
    boolean isIdle() {
        return gpus.isEmpty() && target == null && lease instanceof Lease.Released;
    }

    /** Nanoseconds until something is due by itself; 0 if something is now. */
    long dueInNanos(long nowNanos) {
        if (target != null) {
            return 0;
        }
        if (needsReset()) {
            return isFailing() ? Math.max(0, retryNanos - nowNanos) : 0;
        }
        return lease instanceof Lease.Leased leased
                ? Math.max(0, leased.remainingNanos(nowNanos))
                : Long.MAX_VALUE;
    }
}
