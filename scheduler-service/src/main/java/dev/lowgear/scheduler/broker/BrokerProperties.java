package dev.lowgear.scheduler.broker;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * How this service deals with the broker.
 *
 * @param partitions partitions of a topic that does not exist yet; of projections, the shards
 * @param replication copies of a partition
 * @param retryEvery how often it is looked for at the start, until it answered
 * @param patience how long the broker may take to acknowledge what must not be lost
 */
@Validated
@ConfigurationProperties("lowgear.scheduler.broker")
record BrokerProperties(
        @DefaultValue("8") @Min(1) @Max(10_000) int partitions,
        @DefaultValue("1") @Min(1) @Max(9) short replication,
        @DefaultValue("1s") Duration retryEvery,
        @DefaultValue("5s") Duration patience) {}
