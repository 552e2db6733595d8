package dev.lowgear.scheduler.slo;

import dev.lowgear.contract.SloPolicyMessage;
import dev.lowgear.core.slo.EnergyMode;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;

import org.jspecify.annotations.Nullable;

/** What a policy says, by column; an absent target, bound or match is null. */
@Embeddable
record PolicyTerms(
        @Column(name = "match_model") @Nullable String model,
        @Column(name = "match_tenant") @Nullable String tenant,
        @Column(name = "match_class") @Nullable String sloClass,
        @Column(name = "ttft_millis") @Nullable Long ttftMillis,
        @Column(name = "tbt_mean_millis") @Nullable Long tbtMeanMillis,
        @Column(name = "tbt_tail_millis") @Nullable Long tbtTailMillis,
        @Column(name = "e2e_millis") @Nullable Long e2eMillis,
        @Column(name = "attainment") double attainment,
        @Column(name = "priority") int priority,
        @Column(name = "sheddable") boolean sheddable,
        @Column(name = "rescue_lost") boolean rescueLost,
        @Column(name = "energy_mode") @Enumerated(EnumType.STRING) EnergyMode energyMode,
        @Column(name = "clock_floor_mhz") @Nullable Integer clockFloorMhz,
        @Column(name = "clock_ceiling_mhz") @Nullable Integer clockCeilingMhz,
        @Column(name = "maximum_pace_millis") long maximumPaceMillis,
        @Column(name = "deadline_price_margin") double deadlinePriceMargin,
        @Column(name = "throttllem_margin") double throttllemMargin) {

    static PolicyTerms of(SloPolicyMessage policy) {
        return new PolicyTerms(
                policy.model(),
                policy.tenant(),
                policy.sloClass(),
                policy.ttftMillis(),
                policy.tbtMeanMillis(),
                policy.tbtTailMillis(),
                policy.e2eMillis(),
                policy.attainment(),
                policy.priority(),
                policy.sheddable(),
                policy.rescueLost(),
                policy.energyMode(),
                policy.clockFloorMhz(),
                policy.clockCeilingMhz(),
                policy.maximumPaceMillis(),
                policy.deadlinePriceMargin(),
                policy.throttllemMargin());
    }

    SloPolicyMessage toMessage(int schemaVersion, String name, long revision) {
        return new SloPolicyMessage(
                schemaVersion,
                name,
                revision,
                model,
                tenant,
                sloClass,
                ttftMillis,
                tbtMeanMillis,
                tbtTailMillis,
                e2eMillis,
                attainment,
                priority,
                sheddable,
                rescueLost,
                energyMode,
                clockFloorMhz,
                clockCeilingMhz,
                maximumPaceMillis,
                deadlinePriceMargin,
                throttllemMargin);
    }
}
