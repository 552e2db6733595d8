package dev.lowgear.model.training;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * When and on what models are trained, and what they must show.
 *
 * @param firstAfter telemetry a fingerprint must span before its first training
 * @param every least time between two trainings of a fingerprint
 * @param lookEvery how often it is looked whether a training is due
 * @param minimumSamples iterations a first training needs, and new ones every other training needs
 * @param window how far back telemetry is used
 * @param maximumSamples most iterations read for one training
 * @param minimumR2 least R² of iteration time on held-out telemetry
 * @param maximumMape largest mean absolute percentage error, 0.08 for 8 %
 * @param maximumRegression how much larger than that of the table in force the error may be, on the
 *     same telemetry; 1.1 for a tenth
 */
@Validated
@ConfigurationProperties("lowgear.model.training")
record TrainingProperties(
        @NotNull @DurationMin(seconds = 1) Duration firstAfter,
        @NotNull @DurationMin(seconds = 1) Duration every,
        @NotNull @DurationMin(millis = 100) Duration lookEvery,
        @Min(1) int minimumSamples,
        @NotNull @DurationMin(minutes = 1) Duration window,
        @Min(1_000) @Max(1_000_000) int maximumSamples,
        @DecimalMax("1") double minimumR2,
        @Positive double maximumMape,
        @Positive double maximumRegression) {}
