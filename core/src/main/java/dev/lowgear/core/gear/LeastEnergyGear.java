package dev.lowgear.core.gear;

import dev.lowgear.core.slo.Target;

import java.util.List;
import java.util.Locale;

/**
 * Lowgear's own policy: the gear that costs least when time has a price (Lowgear algorithms, §5).
 *
 * <pre>
 *   λ  = max(urgency price, deadline price)
 *   f* = argmin { Σ t(f) · (p(f) + λ − C) : f ≥ token floor }     over the coming iterations
 *   T* = rest between iterations that λ leaves worth it, unless a deadline set λ
 * </pre>
 *
 * <p>Every joule saved is bought with time, so one price decides everything: {@link UrgencyPrice}
 * from the work there is, {@link DeadlinePlan} from the promises it is under, {@link EnergyCredit}
 * for what is spent anyway, {@link RestingPace} for the second lever. The <em>token floor</em> is
 * the lowest clock at which the next iteration takes no longer than κ times the strictest mean time
 * between tokens, or the strictest tail. Where that floor binds it is named as the reason; else the
 * source that set the price is.
 *
 * @param paces whether it may rest between iterations; without, it is {@code lowgear-clock-only}
 */
public record LeastEnergyGear(boolean paces) implements GearPolicy.Planning {
    @Override
    public String name() {
        return paces ? "lowgear" : "lowgear-clock-only";
    }

    @Override
    public GearChoice choose(Situation situation) {
        ClockRange clocks = situation.clocks();
        double credit = EnergyCredit.watts(situation.model(), situation.load());
        double urgency = UrgencyPrice.watts(situation);
        double deadline =
                DeadlinePlan.of(
                                situation.projection(),
                                situation.model(),
                                clocks,
                                credit,
                                situation.margins().deadlinePrice(),
                                situation.trim())
                        .priceWatts();
        double price = Math.max(urgency, deadline);
        ComingIterations coming = ComingIterations.of(situation);
        int floor = tokenFloor(situation, coming);
        int clock = coming.cheapest(clocks, floor, price - credit);
        boolean floored =
                clock == floor
                        && floor > clocks.lowest()
                        && coming.cheapest(clocks, clocks.lowest(), price - credit) < floor;
        GearReason reason =
                floored
                        ? GearReason.TOKEN_FLOOR
                        : deadline > urgency ? GearReason.DEADLINE_PRICE : GearReason.URGENCY_PRICE;
        boolean mayRest = paces && deadline <= urgency;
        long pace = mayRest ? RestingPace.micros(situation, clock, price) : 0;
        int mhz = clocks.ladder().mhz(clock);
        return new GearChoice(
                new Gear(mhz, pace),
                reason,
                words(reason, price, mhz, pace),
                floored
                        ? new BindingConstraint.TokenGap(mhz)
                        : new BindingConstraint.PriceOfTime(price, reason.code()),
                List.of(mhz));
    }

    private static int tokenFloor(Situation situation, ComingIterations coming) {
        if (!coming.decodes()) {
            return situation.clocks().lowest();
        }
        double limit = Double.POSITIVE_INFINITY;
        for (Pressure pressure : situation.pressures()) {
            if (pressure.load().running() > 0) {
                long mean = pressure.policy().targets().nanos(Target.TBT_MEAN);
                long tail = pressure.policy().targets().nanos(Target.TBT_TAIL);
                if (mean != Long.MAX_VALUE) {
                    limit = Math.min(limit, pressure.servo().tokenFloor() * (double) mean / 1e3);
                }
                if (tail != Long.MAX_VALUE) {
                    limit = Math.min(limit, (double) tail / 1e3);
                }
            }
        }
        return coming.lowestWithin(situation.clocks(), limit);
    }

    private static String words(GearReason reason, double price, int mhz, long pace) {
        String what =
                switch (reason) {
                    case TOKEN_FLOOR -> "tokens may not come slower than at %d MHz (time: %.0f W)";
                    case DEADLINE_PRICE -> "%d MHz costs least; a deadline prices time at %.0f W";
                    default -> "%d MHz costs least; the work there is prices time at %.0f W";
                };
        String words = String.format(Locale.ROOT, what, mhz, price);
        return pace == 0
                ? words
                : words
                        + String.format(
                                Locale.ROOT, "; an iteration every %.0f ms is enough", pace / 1e3);
    }
}
