package dev.lowgear.contract;

import dev.lowgear.core.slo.ClockBounds;
import dev.lowgear.core.slo.EnergyMode;
import dev.lowgear.core.slo.Margins;
import dev.lowgear.core.slo.PolicyMatch;
import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.core.slo.SloTargets;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * An SLO policy at one revision, on the wire and in the admin API.
 *
 * @param revision grows with every change of the policy
 * @param ttftMillis target, absent if not promised; so with the other targets
 * @param clockFloorMhz absent for none
 * @param clockCeilingMhz absent for none
 */
public record SloPolicyMessage(
        int schemaVersion,
        String name,
        long revision,
        @Nullable String model,
        @Nullable String tenant,
        @Nullable String sloClass,
        @Nullable Long ttftMillis,
        @Nullable Long tbtMeanMillis,
        @Nullable Long tbtTailMillis,
        @Nullable Long e2eMillis,
        double attainment,
        int priority,
        boolean sheddable,
        boolean rescueLost,
        EnergyMode energyMode,
        @Nullable Integer clockFloorMhz,
        @Nullable Integer clockCeilingMhz,
        long maximumPaceMillis,
        double deadlinePriceMargin,
        double throttllemMargin) {

    /** This policy on the wire. */
    public static SloPolicyMessage of(SloPolicy policy, long revision) {
        SloTargets targets = policy.targets();
        ClockBounds clocks = policy.clocks();
        return new SloPolicyMessage(
                MessageCodec.SCHEMA_VERSION,
                policy.name(),
                revision,
                policy.match().model(),
                policy.match().tenant(),
                policy.match().sloClass(),
                millis(targets.ttft()),
                millis(targets.tbtMean()),
                millis(targets.tbtTail()),
                millis(targets.e2e()),
                policy.attainment(),
                policy.priority(),
                policy.sheddable(),
                policy.rescueLost(),
                policy.energyMode(),
                clocks.floorMhz() == 0 ? null : (Integer) clocks.floorMhz(),
                clocks.ceilingMhz() == Integer.MAX_VALUE ? null : (Integer) clocks.ceilingMhz(),
                policy.maximumPace().toMillis(),
                policy.margins().deadlinePrice(),
                policy.margins().throttllem());
    }

    /**
     * The policy it carries.
     *
     * @throws IllegalArgumentException naming the field that is impossible
     */
    public SloPolicy toCore() {
        return new SloPolicy(
                name,
                new PolicyMatch(model, tenant, sloClass),
                new SloTargets(
                        duration(ttftMillis),
                        duration(tbtMeanMillis),
                        duration(tbtTailMillis),
                        duration(e2eMillis)),
                attainment,
                priority,
                sheddable,
                rescueLost,
                energyMode,
                new ClockBounds(
                        clockFloorMhz == null ? 0 : clockFloorMhz,
                        clockCeilingMhz == null ? Integer.MAX_VALUE : clockCeilingMhz),
                Duration.ofMillis(maximumPaceMillis),
                new Margins(deadlinePriceMargin, throttllemMargin));
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : (Long) duration.toMillis();
    }

    private static @Nullable Duration duration(@Nullable Long millis) {
        return millis == null ? null : Duration.ofMillis(millis);
    }
}
