package dev.lowgear.model.telemetry;

import dev.lowgear.model.broker.TopicsClient;

import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

/** Answers how much telemetry is stored, and how far that is behind the topics. */
final class SummaryStore {
    private static final Logger LOG = LoggerFactory.getLogger(SummaryStore.class);
    private static final String PROGRESS =
            """
            SELECT fingerprint, sum(rows), min(oldest_at), max(newest_at)
            FROM telemetry_progress WHERE topic = ? GROUP BY fingerprint ORDER BY fingerprint\
            """;

    private final DataSource dataSource;
    private final TelemetryStore telemetry;
    private final TopicsClient topics;

    SummaryStore(DataSource dataSource, TelemetryStore telemetry, TopicsClient topics) {
        this.dataSource = dataSource;
        this.telemetry = telemetry;
        this.topics = topics;
    }

    TelemetrySummary summary() throws SQLException {
        List<TelemetrySummary.FeedSummary> feeds = new ArrayList<>();
        for (Feed<?> feed : Feed.all()) {
            String topic = feed.topic().topic();
            List<TelemetrySummary.FingerprintSummary> stored = stored(topic);
            feeds.add(
                    new TelemetrySummary.FeedSummary(
                            topic,
                            stored.stream()
                                    .mapToLong(TelemetrySummary.FingerprintSummary::rows)
                                    .sum(),
                            lag(topic),
                            stored.stream()
                                    .map(TelemetrySummary.FingerprintSummary::newestAt)
                                    .max(Comparator.<Instant>naturalOrder())
                                    .orElse(null),
                            stored.stream().filter(row -> !row.fingerprint().isEmpty()).toList()));
        }
        return new TelemetrySummary(feeds);
    }

    /** Records of a topic that are not stored; null while the broker cannot be asked. */
    @Nullable Long lag(String topic) throws SQLException {
        Map<Integer, Long> next = telemetry.offsets(topic);
        try {
            long lag = 0;
            for (TopicsClient.Range range : topics.ranges(topic)) {
                long from = Math.max(range.begin(), next.getOrDefault(range.partition(), 0L));
                lag += Math.max(0, range.end() - from);
            }
            return lag;
        } catch (KafkaException e) {
            LOG.debug("lag=unknown topic={} reason=\"{}\"", topic, e.getMessage());
            return null;
        }
    }

    private List<TelemetrySummary.FingerprintSummary> stored(String topic) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(PROGRESS)) {
            select.setString(1, topic);
            List<TelemetrySummary.FingerprintSummary> stored = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    stored.add(
                            new TelemetrySummary.FingerprintSummary(
                                    rows.getString(1),
                                    rows.getLong(2),
                                    rows.getTimestamp(3).toInstant(),
                                    rows.getTimestamp(4).toInstant()));
                }
            }
            return stored;
        }
    }
}
