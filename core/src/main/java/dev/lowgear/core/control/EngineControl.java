package dev.lowgear.core.control;

import dev.lowgear.core.gear.ClockRange;
import dev.lowgear.core.gear.Gear;
import dev.lowgear.core.gear.GearChoice;
import dev.lowgear.core.gear.GearPolicy;
import dev.lowgear.core.gear.GearReason;
import dev.lowgear.core.projection.Segment;
import dev.lowgear.core.slo.JointPolicy;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Decides the gear of one engine. Pure and total: every input has a decision, and the same input
 * has the same one.
 *
 * <ol>
 *   <li>{@link GearSelection} says which gear is wanted.
 *   <li>It is held steady. Raising the clock is never delayed, and neither is going idle. Lowering
 *       it waits until it is worth a switch (the deadband) and the last change is long enough ago
 *       (the rhythm, not waited for while a request waits). Policies that hold a clock are not held
 *       back. A pace is changed at once, up or down, but not for less than the deadband while pace
 *       guard and policies allow the one in force.
 *   <li>{@link EnvelopeForecast} says where the gear is good. The highest allowed clock without
 *       rest is good everywhere: there is nothing to raise to.
 *   <li>The engine is told, or merely renewed if it runs as told and its envelope still has room
 *       for half a lease.
 * </ol>
 *
 * <p>The clock that counts as held is the one told, unless the agent reports another one and has
 * had a rhythm's time to follow: then it fell back by itself (reflex, lease, restart) and what it
 * reports counts. The pace that counts as held is always the one reported.
 */
public final class EngineControl {
    private final GearSelection selection;
    private final ControlTiming timing;

    public EngineControl(GearPolicy policy, ControlTiming timing) {
        this.selection = new GearSelection(policy, timing.explorationStep().toNanos());
        this.timing = timing;
    }

    /** The policy that chooses. */
    public GearPolicy policy() {
        return selection.policy();
    }

    /** The decision for this input. */
    public Decision decide(DecisionInput input) {
        JointPolicy joint = input.joint();
        ClockRange clocks = ClockRange.of(input.engine().clocks(), joint.clocks());
        GearSelection.Selected selected = selection.select(input, joint);
        GearChoice choice = evenlyPaced(input, joint, steady(input, clocks, selected.choice()));

        Told told = input.state().told();
        Gear gear = choice.gear();
        Reach reach = reach(input, clocks, choice);
        boolean renews =
                gear.equals(told.gear())
                        && gear.equals(input.observation().gear())
                        && told.envelope().covers(reach.toRenew());
        Directive directive =
                renews
                        ? new Directive.Renew(input.engine().id(), choice.words())
                        : new Directive.SetGear(
                                input.engine().id(), gear, reach.toTell(), choice.words());
        Told next = renews ? told : told.then(gear, reach.toTell(), input.nowNanos());
        return new Decision(
                directive,
                choice,
                outlook(input, gear),
                !gear.equals(told.gear()),
                input.state()
                        .withTold(next)
                        .withExploration(selected.exploration())
                        .withOutcomes(
                                input.observation().finished(),
                                input.policies(),
                                input.observation().policies()));
    }

    private GearChoice steady(DecisionInput input, ClockRange clocks, GearChoice wanted) {
        int heldMhz = heldMhz(input, clocks);
        int wantedMhz = wanted.gear().clockMhz();
        boolean mayHold =
                selection.policy() instanceof GearPolicy.Planning
                        && wantedMhz < heldMhz
                        && clocks.contains(heldMhz)
                        && wanted.reason() != GearReason.IDLE;
        if (!mayHold) {
            return wanted;
        }
        if (heldMhz - wantedMhz < timing.deadband() * heldMhz) {
            return wanted.insteadAt(
                    heldMhz,
                    GearReason.DEADBAND,
                    wantedMhz + " MHz would do, too close to be worth a switch",
                    wanted.binding());
        }
        boolean tooSoon =
                input.nowNanos() - input.state().told().changedAtNanos()
                        < timing.rhythm().toNanos();
        if (tooSoon && input.observation().load().waiting() == 0) {
            return wanted.insteadAt(
                    heldMhz,
                    GearReason.RHYTHM,
                    wantedMhz + " MHz would do, too soon after the last change",
                    wanted.binding());
        }
        return wanted;
    }

    /**
     * Keeps the pace in force where the one wanted is within the deadband of it, so that a renewal
     * is enough.
     */
    private GearChoice evenlyPaced(DecisionInput input, JointPolicy joint, GearChoice wanted) {
        long held = input.observation().gear().paceMicros();
        long pace = wanted.gear().paceMicros();
        boolean alike = pace > 0 && Math.abs(pace - held) < timing.deadband() * held;
        boolean allowed =
                held <= input.observation().pacing().guardMicros()
                        && held <= joint.maximumPace().toNanos() / 1000;
        return alike && allowed ? wanted.paced(held) : wanted;
    }

    private int heldMhz(DecisionInput input, ClockRange clocks) {
        Told told = input.state().told();
        Gear observed = input.observation().gear();
        boolean mayBeUnderWay =
                input.nowNanos() - told.changedAtNanos() < timing.rhythm().toNanos();
        Gear held = mayBeUnderWay ? told.gear() : observed;
        return held.hasDefaultClock() ? clocks.ladder().highest() : held.clockMhz();
    }

    private Reach reach(DecisionInput input, ClockRange clocks, GearChoice choice) {
        Gear gear = choice.gear();
        boolean nothingToRaiseTo = gear.clockMhz() == clocks.highestMhz() && gear.paceMicros() == 0;
        if (nothingToRaiseTo || selection.policy() instanceof GearPolicy.Holding) {
            return Reach.UNBOUNDED;
        }
        EngineObservation seen = input.observation();
        if (input.isIdle()) {
            return Reach.idle(seen.load());
        }
        return input.model()
                .model()
                .map(model ->
                        new EnvelopeForecast(
                                        input.engine(),
                                        seen.load(),
                                        seen.projection(),
                                        model,
                                        timing.lease().toNanos() / 1e9)
                                .at(model.clocks().indexAtMost(gear.clockMhz()), gear.paceMicros()))
                .orElse(Reach.UNBOUNDED);
    }

    private static @Nullable Outlook outlook(DecisionInput input, Gear gear) {
        List<Segment> segments = input.observation().projection().segments();
        if (segments.isEmpty()) {
            return null;
        }
        Segment next = segments.getFirst();
        return input.model()
                .model()
                .map(model -> {
                    int clock = model.clocks().indexAtLeast(gear.clockMhz());
                    return new Outlook(
                            input.observation().load().trim()
                                    * model.iterationMicros(
                                            clock,
                                            next.batch(),
                                            next.kvTokens(),
                                            next.prefillTokensPerIteration()),
                            model.busyWatts(
                                    clock,
                                    next.batch(),
                                    next.kvTokens(),
                                    next.prefillTokensPerIteration()));
                })
                .orElse(null);
    }
}
