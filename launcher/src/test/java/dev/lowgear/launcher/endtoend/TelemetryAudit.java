package dev.lowgear.launcher.endtoend;

import dev.lowgear.contract.IterationTelemetry;
import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.RequestEvent;
import dev.lowgear.contract.Topics;
import dev.lowgear.infrastructure.postgres.PostgresServer;
import dev.lowgear.launcher.stack.Endpoint;
import dev.lowgear.launcher.stack.Service;
import dev.lowgear.launcher.stack.StackPlan;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What the broker acknowledged, beside what the database has; how often, by key. */
final class TelemetryAudit {
    private final StackPlan plan;

    TelemetryAudit(StackPlan plan) {
        this.plan = plan;
    }

    /** Iterations on the topic, by engine, incarnation and number. */
    Map<String, Integer> publishedIterations() {
        return published(
                Topics.ITERATIONS,
                value -> {
                    var iteration = MessageCodec.decode(value, IterationTelemetry.class);
                    return key(
                            iteration.engineId(), iteration.incarnation(), iteration.iteration());
                });
    }

    Map<String, Integer> storedIterations() throws SQLException {
        return stored("SELECT engine_id, incarnation, iteration FROM iteration_telemetry");
    }

    /** Events on the topic, by request, kind and wall clock. */
    Map<String, Integer> publishedRequests() {
        return published(
                Topics.REQUESTS,
                value -> {
                    var event = MessageCodec.decode(value, RequestEvent.class);
                    return key(event.requestId(), event.model(), event.atEpochMillis());
                });
    }

    Map<String, Integer> storedRequests() throws SQLException {
        return stored("SELECT request_id, model, at_epoch_millis FROM request_event");
    }

    /** How far the agent's clock was ahead of the broker's at most, as rows have it. */
    Duration agentAhead() throws SQLException {
        var ahead =
                stored(
                        """
                        SELECT 'ahead', 0, floor(max(
                            start_epoch_micros / 1e6 - extract(epoch FROM received_at)))::bigint
                        FROM iteration_telemetry
                        """);
        var words = ahead.keySet().iterator().next().split(" ", -1);
        return Duration.ofSeconds(Long.parseLong(words[2]));
    }

    private static String key(Object... parts) {
        return String.join(" ", List.of(parts).stream().map(String::valueOf).toList());
    }

    private Map<String, Integer> published(Topics topic, Function<byte[], String> key) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", "127.0.0.1:" + plan.ports().of(Endpoint.KAFKA));
        Map<String, Integer> found = new TreeMap<>();
        try (var consumer =
                new KafkaConsumer<>(
                        settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions =
                    consumer.partitionsFor(topic.topic()).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> found.merge(key.apply(record.value()), 1, Integer::sum));
            }
        }
        return found;
    }

    private Map<String, Integer> stored(String select) throws SQLException {
        var url =
                "jdbc:postgresql://127.0.0.1:%d/%s"
                        .formatted(
                                plan.ports().of(Endpoint.POSTGRES),
                                Service.MODEL.database().orElseThrow());
        var password = PostgresServer.passwordIn(plan.data().database());
        Map<String, Integer> found = new TreeMap<>();
        try (var connection = DriverManager.getConnection(url, PostgresServer.SUPERUSER, password);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(select)) {
            while (rows.next()) {
                found.merge(
                        key(rows.getString(1), rows.getString(2), rows.getString(3)),
                        1,
                        Integer::sum);
            }
        }
        return found;
    }
}
