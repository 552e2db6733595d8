package dev.lowgear.model.registry;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * How versions are kept and published.
 *
 * @param kept candidates and rejected versions kept per fingerprint
 * @param publishEvery how often changes that the broker has not taken yet are published
 */
@Validated
@ConfigurationProperties("lowgear.model.registry")
record RegistryProperties(
        @Min(2) int kept, @NotNull @DurationMin(millis = 100) Duration publishEvery) {}
