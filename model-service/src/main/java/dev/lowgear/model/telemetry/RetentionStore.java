package dev.lowgear.model.telemetry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;

import javax.sql.DataSource;

/** Keeps the telemetry tables bounded. */
final class RetentionStore {
    private static final Logger LOG = LoggerFactory.getLogger(RetentionStore.class);

    private final DataSource dataSource;
    private final HourlyPartitions partitions;
    private final TelemetryProperties properties;
    private final InstantSource clock;

    RetentionStore(
            DataSource dataSource,
            HourlyPartitions partitions,
            TelemetryProperties properties,
            InstantSource clock) {
        this.dataSource = dataSource;
        this.partitions = partitions;
        this.properties = properties;
        this.clock = clock;
    }

    /** Drops partitions whose newest row is older than its feed is kept. */
    @Scheduled(fixedDelayString = "${lowgear.model.telemetry.sweep-every}")
    void sweep() {
        try (Connection connection = dataSource.getConnection()) {
            for (Feed<?> feed : Feed.all()) {
                Instant kept = clock.instant().minus(properties.retentionOf(feed));
                String table = feed.layout().table();
                int dropped = partitions.dropEndedBefore(connection, table, kept);
                if (dropped > 0) {
                    LOG.info("table={} droppedPartitions={} before={}", table, dropped, kept);
                }
            }
        } catch (SQLException e) {
            LOG.warn("sweep=\"not done\" reason=\"{}\"", e.getMessage());
        }
    }
}
