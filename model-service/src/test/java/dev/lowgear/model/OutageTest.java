package dev.lowgear.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.contract.Topics;
import dev.lowgear.infrastructure.kafka.KafkaBroker;
import dev.lowgear.infrastructure.kafka.KafkaBrokerSettings;
import dev.lowgear.infrastructure.postgres.PostgresServer;
import dev.lowgear.infrastructure.postgres.PostgresSettings;
import dev.lowgear.infrastructure.process.LoopbackPorts;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A service that starts alone; broker and database come, and the database goes and comes again. */
class OutageTest {
    private static final String DATABASE = "lowgear_outage_test";

    @TempDir private Path folder;

    @Test
    void staysUpWithoutDatabaseAndBrokerAndLosesNothing() {
        List<Integer> ports = LoopbackPorts.free(2);
        PostgresSettings database =
                PostgresSettings.in(folder.resolve("database")).withPort(ports.getFirst());
        KafkaBrokerSettings broker =
                KafkaBrokerSettings.in(folder.resolve("broker"))
                        .withPort(ports.getLast())
                        .quickToStart();
        try (ConfigurableApplicationContext context = start(database, ports.getLast())) {
            TestApi api =
                    new TestApi(
                            context.getEnvironment()
                                    .getRequiredProperty("local.server.port", Integer.class));
            assertIsWithoutDatabase(api);

            KafkaBroker running;
            try (PostgresServer server = PostgresServer.start(database)) {
                await().untilAsserted(() ->
                        assertThat(api.get("/actuator/health/readiness").statusCode())
                                .isEqualTo(200));
                assertThat(api.json("/api/v1/telemetry/summary").at("/feeds/0/lag").isMissingNode())
                        .as("lag is unknown without a broker")
                        .isTrue();
                running = KafkaBroker.start(broker);
                // Sent into a topic that is just being made, idempotent batches may lose their
                // order for good.
                await().untilAsserted(() ->
                        assertThat(
                                        api.json("/api/v1/telemetry/summary")
                                                .at("/feeds/0/lag")
                                                .asInt(-1))
                                .isZero());
                send(running, 0, 200);
                await().untilAsserted(() -> assertThat(rows(api)).isEqualTo(200));
                assertThat(server.process().isAlive()).isTrue();
            }
            try (running) {
                assertIsWithoutDatabase(api);
                send(running, 200, 300);
                try (PostgresServer server = PostgresServer.start(database)) {
                    await().untilAsserted(() -> assertThat(rows(api)).isEqualTo(300));
                    assertThat(server.process().isAlive()).isTrue();
                }
            }
        }
    }

    /** A service whose database exists but does not run, and whose broker never did. */
    private static ConfigurableApplicationContext start(PostgresSettings database, int brokerPort) {
        String url;
        String password;
        try (PostgresServer server = PostgresServer.start(database)) {
            url = server.createDatabase(DATABASE);
            password = server.password();
        }
        return new SpringApplication(ModelServiceApplication.class)
                .run(
                        "--server.port=0",
                        "--spring.datasource.url=" + url,
                        "--spring.datasource.username=lowgear",
                        "--spring.datasource.password=" + password,
                        "--spring.kafka.bootstrap-servers=127.0.0.1:" + brokerPort,
                        "--lowgear.model.broker.patience=2s",
                        "--lowgear.model.broker.retry-every=500ms");
    }

    private static void assertIsWithoutDatabase(TestApi api) {
        await().untilAsserted(() -> {
            var models = api.get("/api/v1/models");
            assertThat(models.statusCode()).isEqualTo(503);
            assertThat(models.headers().firstValue("Retry-After")).isPresent();
            assertThat(models.headers().firstValue("Content-Type"))
                    .hasValue("application/problem+json");
        });
        assertThat(api.get("/api/v1/telemetry/summary").statusCode()).isEqualTo(503);
        assertThat(api.post("/api/v1/models/1/promote").statusCode()).isEqualTo(503);
        assertThat(api.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(api.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
    }

    private static long rows(TestApi api) {
        return api.json("/api/v1/telemetry/summary").at("/feeds/0/rows").asLong();
    }

    private static void send(KafkaBroker broker, int from, int to) {
        try (TestProducer producer = new TestProducer(broker)) {
            for (int i = from; i < to; i++) {
                producer.send(
                        Topics.ITERATIONS, "engine-" + i % 5, Telemetry.iteration(i, "outage"));
            }
        }
    }

    private static ConditionFactory await() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(300));
    }
}
