package dev.lowgear.model.registry;

import dev.lowgear.core.performance.FitError;
import dev.lowgear.core.performance.TableQuality;

import jakarta.persistence.Embeddable;

import org.jspecify.annotations.Nullable;

/**
 * How good a version is on telemetry it was not trained on; a figure is absent where there was
 * nothing to compare with.
 *
 * @param samples iterations trained on
 * @param heldOut iterations compared with
 * @param r2 coefficient of determination of iteration time
 * @param maeMicros mean absolute error of iteration time
 * @param mape mean absolute percentage error of iteration time, 0.04 for 4 %
 * @param priorMape the same of the untrained prior
 * @param wattsLearned whether watts were learned or are the prior's
 */
@Embeddable
public record ModelQuality(
        long samples,
        long heldOut,
        @Nullable Double r2,
        @Nullable Double maeMicros,
        @Nullable Double mape,
        @Nullable Double priorMape,
        boolean wattsLearned,
        @Nullable Double wattsR2,
        @Nullable Double wattsMape,
        @Nullable Double priorWattsMape) {

    /** What a table says about itself. */
    public static ModelQuality of(TableQuality quality) {
        FitError time = quality.time();
        FitError watts = quality.watts();
        FitError priorTime = quality.priorTime();
        FitError priorWatts = quality.priorWatts();
        return new ModelQuality(
                quality.samples(),
                time == null ? 0 : time.count(),
                time == null ? null : time.r2(),
                time == null ? null : time.mae(),
                time == null ? null : time.mape(),
                priorTime == null ? null : priorTime.mape(),
                quality.wattsLearned(),
                watts == null ? null : watts.r2(),
                watts == null ? null : watts.mape(),
                priorWatts == null ? null : priorWatts.mape());
    }
}
