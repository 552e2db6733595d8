package dev.lowgear.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.SloPolicyMessage;
import dev.lowgear.contract.Topics;
import dev.lowgear.infrastructure.kafka.KafkaBroker;
import dev.lowgear.infrastructure.kafka.KafkaBrokerSettings;
import dev.lowgear.infrastructure.postgres.Databases;
import dev.lowgear.infrastructure.postgres.PostgresServer;
import dev.lowgear.infrastructure.process.LoopbackPorts;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A scheduler that starts before its broker. */
class OutageTest {
    @TempDir private Path folder;

    @Test
    void waitsForItsBrokerAndAnnouncesThenWhatItAcknowledgedBefore() throws Exception {
        int port = LoopbackPorts.free(1).getFirst();
        try (ConfigurableApplicationContext context = start(port)) {
            var api =
                    AdminApi.at(
                            context.getEnvironment()
                                    .getRequiredProperty("local.server.port", Integer.class));
            assertThat(api.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
            assertThat(api.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
            patiently()
                    .until(() ->
                            api.post("/api/v1/slo-policies", "{\"name\": \"early\"}").statusCode()
                                    == 201);

            var settings = KafkaBrokerSettings.in(folder).withPort(port).quickToStart();
            try (var broker = KafkaBroker.start(settings)) {
                patiently().until(() -> api.get("/actuator/health/readiness").statusCode() == 200);
                try (var topic = policies(broker)) {
                    Map<String, Long> heard = new TreeMap<>();
                    patiently()
                            .until(() -> {
                                hear(topic, heard);
                                return heard.containsKey("early");
                            });
                    assertThat(heard).containsEntry("early", 1L).containsKey("standard");
                }
            }
        }
    }

    private static ConfigurableApplicationContext start(int brokerPort) {
        Databases postgres = PostgresServer.shared();
        return new SpringApplication(SchedulerApplication.class)
                .run(
                        "--server.port=0",
                        "--spring.jmx.enabled=false",
                        "--spring.kafka.bootstrap-servers=127.0.0.1:" + brokerPort,
                        "--spring.datasource.url="
                                + postgres.createDatabase("lowgear_scheduler_outage"),
                        "--spring.datasource.username=" + postgres.username(),
                        "--spring.datasource.password=" + postgres.password());
    }

    private static KafkaConsumer<String, byte[]> policies(KafkaBroker broker) {
        var consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers", (Object) broker.bootstrapServers(),
                                "group.id", "outage-test",
                                "auto.offset.reset", "earliest"),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        consumer.subscribe(List.of(Topics.SLO_POLICIES.topic()));
        return consumer;
    }

    private static void hear(KafkaConsumer<String, byte[]> topic, Map<String, Long> revisions) {
        topic.poll(Duration.ofMillis(200))
                .forEach(record ->
                        revisions.put(
                                record.key(),
                                MessageCodec.decode(record.value(), SloPolicyMessage.class)
                                        .revision()));
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(200));
    }
}
