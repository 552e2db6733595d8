package dev.lowgear.core.gear;

import dev.lowgear.core.feasibility.Feasibility;
import dev.lowgear.core.feasibility.Verdict;
import dev.lowgear.core.projection.Projection;

import java.util.ArrayList;
import java.util.List;

/**
 * The paper's rule (throttLL'eM §3.6): the one lowest clock at which the projection keeps every
 * deadline and iteration limit, held for the whole horizon.
 *
 * <pre>
 *   f* = min { f allowed : Feasibility.check(guarded projection, model, f, trim) is met }
 * </pre>
 *
 * <p>Feasibility is monotone in the clock because the model's iteration time is, so a binary search
 * finds {@code f*} in ⌈log₂(n + 1)⌉ checks: seven on the 81 clocks of an A100. If not even the
 * highest allowed clock is feasible, or a lost request is present, the choice is that clock, best
 * effort.
 *
 * <p>As published the rule spends all slack it sees, and arrivals that it cannot see then miss
 * their targets. In live use the {@link GuardedProjection} keeps a reserve for them; with a margin
 * of 1 it keeps none and the rule is the published one, but for the requests that are late at any
 * clock. It knows no knee: it minimises the clock, not the energy.
 */
public record LowestFeasibleClock() implements GearPolicy.Planning {
    /** A projection leaves deadlines out that change nothing while fewer than four are missed. */
    private static final double MOST_HOPELESS = 3;

    @Override
    public String name() {
        return "throttllem";
    }

    @Override
    public GearChoice choose(Situation situation) {
        ClockRange clocks = situation.clocks();
        if (situation.lostRequests() > 0) {
            return GearChoice.highest(
                    clocks,
                    GearReason.LOST_REQUEST,
                    situation.lostRequests() + " lost request(s) present: highest clock");
        }
        GuardedProjection guarded = GuardedProjection.of(situation);
        if (guarded.hopeless() > MOST_HOPELESS) {
            return GearChoice.highest(
                    clocks,
                    GearReason.NOTHING_FEASIBLE,
                    "several requests are late at any clock: highest clock");
        }
        return search(situation, guarded.projection());
    }

    private static GearChoice search(Situation situation, Projection guarded) {
        ClockRange clocks = situation.clocks();
        List<Integer> candidates = new ArrayList<>();
        int lowest = clocks.lowest();
        int aboveHighest = clocks.highest() + 1;
        while (lowest < aboveHighest) {
            int middle = (lowest + aboveHighest) >>> 1;
            candidates.add(clocks.ladder().mhz(middle));
            if (isFeasible(situation, guarded, middle)) {
                aboveHighest = middle;
            } else {
                lowest = middle + 1;
            }
        }
        int chosen = Math.min(lowest, clocks.highest());
        return new GearChoice(
                Gear.clock(clocks.ladder().mhz(chosen)),
                lowest > chosen ? GearReason.NOTHING_FEASIBLE : GearReason.LOWEST_FEASIBLE,
                lowest > chosen
                        ? "no allowed clock keeps every promise with a reserve for arrivals"
                        : "lowest clock that keeps every promise with a reserve for arrivals",
                chosen == clocks.lowest()
                        ? new BindingConstraint.LowestAllowed(clocks.lowestMhz())
                        : binding(situation, guarded, lowest - 1),
                candidates);
    }

    private static boolean isFeasible(Situation situation, Projection guarded, int clock) {
        return Feasibility.slackMicros(guarded, situation.model(), clock, situation.trim(), 0) >= 0;
    }

    /** What fails at the clock that is too low. */
    private static BindingConstraint binding(Situation situation, Projection guarded, int tooLow) {
        Verdict verdict = Feasibility.check(guarded, situation.model(), tooLow, situation.trim());
        return BindingConstraint.of(verdict, situation.clocks().ladder().mhz(tooLow));
    }
}
