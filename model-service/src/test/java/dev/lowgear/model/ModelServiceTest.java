package dev.lowgear.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.contract.Topics;
import dev.lowgear.infrastructure.kafka.KafkaBroker;
import dev.lowgear.infrastructure.postgres.PostgresServer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ModelServiceTest {
    private static final TestDatabase DATABASE = TestDatabase.named("lowgear_model_service_test");

    @LocalServerPort private int port;

    @DynamicPropertySource
    static void infrastructure(DynamicPropertyRegistry registry) {
        PostgresServer server = PostgresServer.shared();
        registry.add("spring.datasource.url", () -> server.jdbcUrl("lowgear_model_service_test"));
        registry.add("spring.datasource.username", server::username);
        registry.add("spring.datasource.password", server::password);
        registry.add(
                "spring.kafka.bootstrap-servers", () -> KafkaBroker.shared().bootstrapServers());
    }

    @Test
    void storesWhatAgentsSendAndMovesPastWhatItCannotRead() throws Exception {
        try (TestProducer producer = new TestProducer()) {
            for (int i = 0; i < 1_000; i++) {
                producer.send(Topics.ITERATIONS, "engine-" + i % 7, Telemetry.iteration(i));
                if (i % 100 == 50) {
                    producer.send(Topics.ITERATIONS, "engine-" + i % 7, new byte[] {7});
                }
            }
            producer.send(Topics.POWER_WINDOWS, "engine-1", Telemetry.window());
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(
                                        DATABASE.value(
                                                "SELECT count(*), count(DISTINCT iteration)"
                                                        + " FROM iteration_telemetry"))
                                .isEqualTo("1000|1000"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(DATABASE.value("SELECT count(*) FROM power_window"))
                                .isEqualTo("1"));
        assertThat(get("/actuator/health/readiness").body()).contains("UP");
        assertThat(get("/actuator/prometheus").body())
                .contains("lowgear_ingest_rows_total{topic=\"lowgear.telemetry.iterations\"} 1000");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
