package dev.lowgear.core.performance;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What is known about how good a table is. Errors are of telemetry that training never saw (every
 * fifth second), stalled iterations left out; one is absent while there was nothing to compare
 * with.
 *
 * @param samples iterations trained on
 * @param time error of iteration time, in microseconds
 * @param priorTime error the untrained prior makes on the same iterations
 * @param watts error of mean watts over metering windows
 * @param priorWatts error the untrained prior makes on the same windows
 * @param wattsLearned whether the table's watts were learned; otherwise they are the prior's
 * @param support iterations trained on, by region
 * @param trainedFrom time of the first sample; for people, decides nothing
 * @param trainedTo time of the last sample; for people, decides nothing
 */
public record TableQuality(
        long samples,
        @Nullable FitError time,
        @Nullable FitError priorTime,
        @Nullable FitError watts,
        @Nullable FitError priorWatts,
        boolean wattsLearned,
        RegionSupport support,
        Instant trainedFrom,
        Instant trainedTo) {
    public TableQuality {
        if (samples < 0) {
            throw new IllegalArgumentException("samples are not negative, got " + samples);
        }
    }

    /** The quality of a table nothing was learned for. */
    public static TableQuality untrained(TableGrid grid) {
        return new TableQuality(
                0,
                null,
                null,
                null,
                null,
                false,
                RegionSupport.over(grid),
                Instant.EPOCH,
                Instant.EPOCH);
    }

    /** Whether the held-out error of iteration time passes the gate. */
    public boolean passes(TrustGate gate) {
        return time != null && time.mape() <= gate.maximumMape();
    }
}
