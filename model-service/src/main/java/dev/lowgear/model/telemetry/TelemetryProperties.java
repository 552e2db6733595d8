package dev.lowgear.model.telemetry;

import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * How telemetry is stored.
 *
 * @param retention how long iterations and metering windows are kept, in whole hours
 * @param requestRetention how long request events are kept, in whole hours
 * @param sweepEvery how often old partitions are looked for
 * @param retryAfter pause after a batch the database did not take
 * @param lagEvery how often the lag is measured
 */
@Validated
@ConfigurationProperties("lowgear.model.telemetry")
record TelemetryProperties(
        @NotNull @DurationMin(hours = 1) Duration retention,
        @NotNull @DurationMin(hours = 1) Duration requestRetention,
        @NotNull @DurationMin(seconds = 1) Duration sweepEvery,
        @NotNull @DurationMin(millis = 10) Duration retryAfter,
        @NotNull @DurationMin(millis = 100) Duration lagEvery) {
    /** How long rows of a feed are kept. */
    Duration retentionOf(Feed<?> feed) {
        return feed.equals(Feed.REQUESTS) ? requestRetention : retention;
    }
}
