package dev.lowgear.model.telemetry;

import dev.lowgear.model.broker.DeadLetterPublisher;
import dev.lowgear.model.broker.Received;
import dev.lowgear.model.broker.TopicsClient;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import javax.sql.DataSource;

@Configuration(proxyBeanMethods = false)
class TelemetryConfiguration {
    private static final Set<String> STORED_BINDINGS =
            Set.of("iterations-in-0", "powerWindows-in-0", "requests-in-0");

    @Bean
    Consumer<List<Received>> iterations(IngestListener ingest) {
        return records -> ingest.receive(Feed.ITERATIONS, records);
    }

    @Bean
    Consumer<List<Received>> powerWindows(IngestListener ingest) {
        return records -> ingest.receive(Feed.POWER_WINDOWS, records);
    }

    @Bean
    Consumer<List<Received>> requests(IngestListener ingest) {
        return records -> ingest.receive(Feed.REQUESTS, records);
    }

    @Bean
    Positions positions() {
        return new Positions();
    }

    @Bean
    HourlyPartitions hourlyPartitions() {
        return new HourlyPartitions();
    }

    @Bean
    TelemetryStore telemetryStore(DataSource dataSource, HourlyPartitions partitions) {
        return new TelemetryStore(dataSource, partitions);
    }

    @Bean
    IngestListener ingestListener(
            Positions positions,
            TelemetryStore store,
            DeadLetterPublisher deadLetters,
            InstantSource clock,
            TelemetryProperties properties,
            MeterRegistry meters) {
        return new IngestListener(
                new BatchReader(positions, clock, properties::retentionOf),
                deadLetters,
                store,
                positions,
                meters);
    }

    @Bean
    RewindListener rewindListener(
            Positions positions,
            TelemetryStore store,
            TelemetryProperties properties,
            MeterRegistry meters) {
        return new RewindListener(
                positions, store, STORED_BINDINGS, properties.retryAfter(), meters);
    }

    @Bean
    RetentionStore retentionStore(
            DataSource dataSource,
            HourlyPartitions partitions,
            TelemetryProperties properties,
            InstantSource clock) {
        return new RetentionStore(dataSource, partitions, properties, clock);
    }

    @Bean
    SummaryStore summaryStore(
            DataSource dataSource, TelemetryStore telemetry, TopicsClient topics) {
        return new SummaryStore(dataSource, telemetry, topics);
    }

    @Bean
    LagPublisher lagPublisher(SummaryStore summaries, MeterRegistry meters) {
        return new LagPublisher(summaries, meters);
    }
}
