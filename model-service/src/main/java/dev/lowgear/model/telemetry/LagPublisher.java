package dev.lowgear.model.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The lag of every feed as a gauge: records in the topic that are not in the database. */
final class LagPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(LagPublisher.class);

    private final SummaryStore summaries;
    private final Map<String, Double> lags = new ConcurrentHashMap<>();

    LagPublisher(SummaryStore summaries, MeterRegistry meters) {
        this.summaries = summaries;
        for (Feed<?> feed : Feed.all()) {
            String topic = feed.topic().topic();
            Gauge.builder(
                            "lowgear.ingest.lag",
                            lags,
                            known -> known.getOrDefault(topic, Double.NaN))
                    .tag("topic", topic)
                    .baseUnit("records")
                    .register(meters);
        }
    }

    @Scheduled(fixedDelayString = "${lowgear.model.telemetry.lag-every}")
    void refresh() {
        for (Feed<?> feed : Feed.all()) {
            String topic = feed.topic().topic();
            try {
                Long lag = summaries.lag(topic);
                lags.put(topic, lag == null ? Double.NaN : lag);
            } catch (SQLException e) {
                lags.put(topic, Double.NaN);
                LOG.debug("lag=unknown topic={} reason=\"{}\"", topic, e.getMessage());
            }
        }
    }
}
