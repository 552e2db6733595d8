package dev.lowgear.model.broker;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * How this service deals with the broker.
 *
 * @param partitions partitions of a topic that does not exist yet
 * @param replication copies of a partition
 * @param retryEvery how often creation is tried until the broker answered
 * @param patience how long the broker may take to answer or to acknowledge
 */
@Validated
@ConfigurationProperties("lowgear.model.broker")
record BrokerProperties(
        @Min(1) int partitions,
        @Min(1) short replication,
        @NotNull @DurationMin(millis = 100) Duration retryEvery,
        @NotNull @DurationMin(millis = 100) Duration patience) {}
