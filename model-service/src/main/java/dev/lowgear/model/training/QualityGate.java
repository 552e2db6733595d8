package dev.lowgear.model.training;

import dev.lowgear.core.performance.FitError;
import dev.lowgear.core.performance.TableQuality;
import dev.lowgear.model.registry.Verdict;

import java.util.Locale;
import java.util.Optional;

/**
 * What a table must show on telemetry it was not trained on before it may steer anything: a fit, a
 * small error, an error under the untrained prior's (else nothing was learned), and no large step
 * back behind the table in force on the very same telemetry.
 *
 * @param minimumR2 least R²
 * @param maximumMape largest mean absolute percentage error
 * @param maximumRegression largest ratio of its error to that of the table in force
 */
record QualityGate(double minimumR2, double maximumMape, double maximumRegression) {
    /** Fewest held-out iterations that say anything. */
    private static final int LEAST_HELD_OUT = 40;

    /**
     * Judges a table.
     *
     * @param inForce error of the table in force on the same held-out iterations
     */
    Verdict judge(TableQuality quality, Optional<FitError> inForce) {
        FitError time = quality.time();
        FitError prior = quality.priorTime();
        if (time == null || prior == null || time.count() < LEAST_HELD_OUT) {
            long count = time == null ? 0 : time.count();
            return new Verdict.Refused(
                    "only " + count + " held-out iterations, " + LEAST_HELD_OUT + " needed");
        }
        String error = "held-out error " + percent(time.mape());
        if (time.r2() < minimumR2) {
            return new Verdict.Refused(
                    "held-out R² " + decimal(time.r2()) + " is below " + decimal(minimumR2));
        }
        if (time.mape() > maximumMape) {
            return new Verdict.Refused(error + " is above " + percent(maximumMape));
        }
        if (time.mape() >= prior.mape()) {
            return new Verdict.Refused(
                    error + " is not under the prior's " + percent(prior.mape()));
        }
        if (inForce.isPresent() && time.mape() > maximumRegression * inForce.get().mape()) {
            return new Verdict.Refused(
                    error + "; the table in force has " + percent(inForce.get().mape()));
        }
        return new Verdict.Accepted(
                "held-out R² %s, error %s; the prior's %s"
                        .formatted(
                                decimal(time.r2()), percent(time.mape()), percent(prior.mape())));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    private static String decimal(double figure) {
        return String.format(Locale.ROOT, "%.4f", figure);
    }
}
