package dev.lowgear.core.gear;

import dev.lowgear.core.feasibility.AffordableMargin;
import dev.lowgear.core.feasibility.Verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The paper's rule (throttLL'eM §3.6): the one lowest clock at which the projection keeps every
 * deadline and iteration limit, held for the whole horizon.
 *
 * <pre>
 *   f* = min { f allowed : AffordableMargin(projection, model, margin, trim) is kept at f }
 * </pre>
 *
 * <p>Feasibility is monotone in the clock because the model's iteration time is, so a binary search
 * finds {@code f*} in ⌈log₂(n + 1)⌉ checks: seven on the 81 clocks of an A100. If not even the
 * highest allowed clock is feasible, or a lost request is present, the choice is that clock, best
 * effort.
 *
 * <p>As published the rule spends all slack it sees, and arrivals that it cannot see then miss
 * their targets; the margin (2.5 in live use) is the reserve for them. It knows no knee: it
 * minimises the clock, not the energy.
 *
 * <p><b>Worked example.</b> 100 iterations are due in 4 s; one takes 10 ms at 1410 MHz and 20 ms at
 * 705. With margin 2.5, 705 MHz would need 5 s and 1410 MHz needs 2.5 s; of the clocks between, the
 * first whose iteration takes at most 4 s / 100 / 2.5 = 16 ms is chosen.
 */
public record LowestFeasibleClock() implements GearPolicy.Planning {
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
        AffordableMargin margin =
                AffordableMargin.of(
                        situation.projection(),
                        situation.model(),
                        clocks.highest(),
                        situation.margins().throttllem(),
                        situation.trim());
        List<Integer> candidates = new ArrayList<>();
        int lowest = clocks.lowest();
        int aboveHighest = clocks.highest() + 1;
        while (lowest < aboveHighest) {
            int middle = (lowest + aboveHighest) >>> 1;
            candidates.add(clocks.ladder().mhz(middle));
            if (margin.isKeptAt(middle)) {
                aboveHighest = middle;
            } else {
                lowest = middle + 1;
            }
        }
        return lowest > clocks.highest()
                ? nothingFeasible(situation, margin, candidates)
                : lowestFeasible(situation, lowest, margin, candidates);
    }

    private static GearChoice nothingFeasible(
            Situation situation, AffordableMargin margin, List<Integer> candidates) {
        int highest = situation.clocks().highestMhz();
        return new GearChoice(
                Gear.clock(highest),
                GearReason.NOTHING_FEASIBLE,
                String.format(
                        Locale.ROOT,
                        "no allowed clock keeps every promise at %.2f × predicted time",
                        situation.trim()),
                binding(situation, situation.clocks().highest(), margin),
                candidates);
    }

    private static GearChoice lowestFeasible(
            Situation situation, int clock, AffordableMargin margin, List<Integer> candidates) {
        int mhz = situation.clocks().ladder().mhz(clock);
        BindingConstraint binding =
                clock == situation.clocks().lowest()
                        ? new BindingConstraint.LowestAllowed(mhz)
                        : binding(situation, clock - 1, margin);
        return new GearChoice(
                Gear.clock(mhz),
                GearReason.LOWEST_FEASIBLE,
                String.format(
                        Locale.ROOT,
                        "lowest clock that keeps every promise, with a reserve of up to %.2f ×",
                        situation.margins().throttllem()),
                binding,
                candidates);
    }

    private static BindingConstraint binding(
            Situation situation, int clock, AffordableMargin margin) {
        Verdict verdict = margin.check(clock);
        return BindingConstraint.of(verdict, situation.clocks().ladder().mhz(clock));
    }
}
