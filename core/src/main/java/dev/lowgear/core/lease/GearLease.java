package dev.lowgear.core.lease;

import dev.lowgear.core.control.Directive;
import dev.lowgear.core.control.Fence;
import dev.lowgear.core.gear.Envelope;
import dev.lowgear.core.gear.Gear;
import dev.lowgear.core.lease.Lease.Leased;
import dev.lowgear.core.lease.LeaseStep.Obeyed;
import dev.lowgear.core.lease.LeaseStep.Refused;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * The lease of one engine's gear, as its agent holds it: a pure state machine, immutable, with time
 * as an argument. Clock and pace are two halves with one end; losing one leaves the other, and what
 * ends or is given back goes to the default gear.
 *
 * <pre>
 *  event                             RELEASED half            LEASED half
 *  SetGear, value &gt; 0                LEASED, set              LEASED, set (renewed if equal)
 *  SetGear, value 0                  –                        RELEASED, reset
 *  Renew                             –                        LEASED, renewed
 *  Release, drop, restarted          –                        RELEASED, reset
 *  loseClock, losePace               –                        that half: RELEASED, reset
 *  until reached (before any event)  –                        RELEASED, reset
 * </pre>
 *
 * <p>No other transition exists. A directive is obeyed only if its {@link Fence} may follow the
 * last one obeyed, it echoes a stamp of the agent's clock that is neither ahead of now nor older
 * than the last drop, and something remains of its lease. It ends at {@code echoed stamp + lease}:
 * time spent on the way is lost to the lease, so that no delay, however long, makes a gear outlive
 * what its projection allowed, and no clock but the agent's own decides anything. Nothing else
 * extends a lease.
 *
 * <p>A drop (the reflex, an operator's release, an engine that stops) also refuses everything that
 * answers an older projection: a directive already on its way was made for a world that is gone.
 *
 * <p>Of the actions of one step, those that stop the engine from resting come before those on the
 * clock: the pace is local and immediate, the clock takes the driver's milliseconds.
 *
 * @param bounds what no directive can widen
 * @param last the highest fence obeyed, at the present incarnation
 * @param earliestStampNanos directives that echo an older stamp are refused
 * @param clock the clock half, in MHz
 * @param pace the pace half, in µs
 * @param lastEnvelope the envelope of the last gear set; {@link #envelope()} is the one in force
 */
public record GearLease(
        NodeBounds bounds,
        Fence last,
        long earliestStampNanos,
        Lease clock,
        Lease pace,
        Envelope lastEnvelope) {

    /** The lease of an engine that has just started in the default gear. */
    public static GearLease released(long incarnation, NodeBounds bounds, long nowNanos) {
        return new GearLease(
                bounds,
                new Fence(0, incarnation, 0),
                nowNanos,
                Lease.released(),
                Lease.released(),
                Envelope.UNBOUNDED);
    }

    /** The gear in force: what is not leased is at its default. */
    public Gear gear() {
        return new Gear((int) clock.value(), pace.value());
    }

    /** Whether clock or pace is leased. Call {@link #at} first where time has passed. */
    public boolean isLeased() {
        return clock instanceof Leased || pace instanceof Leased;
    }

    /** The envelope in force: unbounded in the default gear. */
    public Envelope envelope() {
        return isLeased() ? lastEnvelope : Envelope.UNBOUNDED;
    }

    /** A directive has arrived. */
    public LeaseStep on(FencedDirective received, long nowNanos) {
        GearLease current = expired(nowNanos);
        Refusal refusal = current.refusal(received, nowNanos);
        if (refusal != null) {
            return new Refused(current, actions(current, nowNanos), refusal);
        }
        long until = nowNanos + remainingNanos(received, nowNanos);
        return step(
                switch (received.directive()) {
                    case Directive.SetGear set ->
                            current.set(set, received.fence(), until, nowNanos);
                    case Directive.Renew renew ->
                            current.renewed(received.fence(), until, nowNanos);
                    case Directive.Release release ->
                            current.dropped(received.fence(), received.echoedStampNanos() + 1);
                },
                nowNanos);
    }

    /** Time has passed. */
    public LeaseStep at(long nowNanos) {
        return step(expired(nowNanos), nowNanos);
    }

    /**
     * Gives both halves back for a reason of the node's own (reflex, operator, engine stopped) and
     * obeys only what answers a projection made from now on.
     */
    public LeaseStep drop(long nowNanos) {
        return step(expired(nowNanos).dropped(last, nowNanos), nowNanos);
    }

    /** The clock does not follow, or somebody else controls it; the pace stays. */
    public LeaseStep loseClock(long nowNanos) {
        return step(with(last, earliestStampNanos, clock.release(), pace.at(nowNanos)), nowNanos);
    }

    /** The engine does not follow the pace; the clock stays. */
    public LeaseStep losePace(long nowNanos) {
        return step(with(last, earliestStampNanos, clock.at(nowNanos), pace.release()), nowNanos);
    }

    /** The engine has begun another life: nothing said to the old one counts. */
    public LeaseStep restarted(long incarnation, long nowNanos) {
        return step(dropped(new Fence(last.schedulerEpoch(), incarnation, 0), nowNanos), nowNanos);
    }

    private @Nullable Refusal refusal(FencedDirective received, long nowNanos) {
        Fence fence = received.fence();
        if (!fence.mayFollow(last, last.engineIncarnation())) {
            if (fence.engineIncarnation() != last.engineIncarnation()) {
                return Refusal.FOREIGN_INCARNATION;
            }
            return fence.schedulerEpoch() < last.schedulerEpoch()
                    ? Refusal.LOWER_EPOCH
                    : Refusal.OLDER_PROJECTION;
        }
        if (received.echoedStampNanos() - nowNanos > 0) {
            return Refusal.STAMP_NOT_REACHED;
        }
        if (received.echoedStampNanos() - earliestStampNanos < 0) {
            return Refusal.BEFORE_LAST_DROP;
        }
        if (received.directive() instanceof Directive.Release) {
            return null;
        }
        if (remainingNanos(received, nowNanos) <= 0) {
            return Refusal.TOO_LATE;
        }
        return received.directive() instanceof Directive.Renew && !isLeased()
                ? Refusal.NOTHING_TO_RENEW
                : null;
    }

    private long remainingNanos(FencedDirective received, long nowNanos) {
        long age = nowNanos - received.echoedStampNanos();
        return Math.min(received.leaseNanos(), bounds.maximumLeaseNanos()) - age;
    }

    private GearLease set(Directive.SetGear directive, Fence fence, long until, long nowNanos) {
        Gear gear = bounds.clamp(directive.gear());
        return new GearLease(
                bounds,
                fence,
                earliestStampNanos,
                half(clock, gear.clockMhz(), until, nowNanos),
                half(pace, gear.paceMicros(), until, nowNanos),
                directive.envelope());
    }

    private static Lease half(Lease half, long value, long until, long nowNanos) {
        return value == 0 ? half.release() : half.grant(value, until, nowNanos);
    }

    private GearLease renewed(Fence fence, long until, long nowNanos) {
        return with(
                fence,
                earliestStampNanos,
                renewed(clock, until, nowNanos),
                renewed(pace, until, nowNanos));
    }

    private static Lease renewed(Lease half, long until, long nowNanos) {
        return half instanceof Leased leased ? leased.renew(until, nowNanos) : half;
    }

    private GearLease dropped(Fence fence, long stampNanos) {
        long earliest = stampNanos - earliestStampNanos > 0 ? stampNanos : earliestStampNanos;
        return with(fence, earliest, clock.release(), pace.release());
    }

    private GearLease expired(long nowNanos) {
        return with(last, earliestStampNanos, clock.at(nowNanos), pace.at(nowNanos));
    }

    private GearLease with(Fence fence, long earliest, Lease newClock, Lease newPace) {
        return new GearLease(bounds, fence, earliest, newClock, newPace, lastEnvelope);
    }

    private LeaseStep step(GearLease next, long nowNanos) {
        return new Obeyed(next, actions(next, nowNanos));
    }

    /** The difference between this state and the next, as things to do. */
    private List<LeaseAction> actions(GearLease next, long nowNanos) {
        List<LeaseAction> actions = new ArrayList<>(2);
        boolean restsLess = next.pace.value() < pace.value();
        if (restsLess) {
            addPace(actions, next, nowNanos);
        }
        addClock(actions, next, nowNanos);
        if (!restsLess) {
            addPace(actions, next, nowNanos);
        }
        return actions;
    }

    private void addClock(List<LeaseAction> actions, GearLease next, long nowNanos) {
        if (next.clock.equals(clock)) {
            return;
        }
        actions.add(
                switch (next.clock) {
                    case Lease.Released released -> new LeaseAction.ResetClock();
                    case Leased leased when leased.value() == clock.value() ->
                            new LeaseAction.RenewClock(leased.remainingNanos(nowNanos));
                    case Leased leased ->
                            new LeaseAction.SetClock(
                                    (int) leased.value(), leased.remainingNanos(nowNanos));
                });
    }

    private void addPace(List<LeaseAction> actions, GearLease next, long nowNanos) {
        if (next.pace.equals(pace)) {
            return;
        }
        actions.add(
                switch (next.pace) {
                    case Lease.Released released -> new LeaseAction.DropPace();
                    case Leased leased when leased.value() == pace.value() ->
                            new LeaseAction.RenewPace(leased.remainingNanos(nowNanos));
                    case Leased leased ->
                            new LeaseAction.SetPace(
                                    leased.value(), leased.remainingNanos(nowNanos));
                });
    }
}
