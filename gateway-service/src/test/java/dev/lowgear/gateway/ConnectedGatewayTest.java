package dev.lowgear.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.contract.AgentInventory;
import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.RequestEvent;
import dev.lowgear.contract.SloPolicyMessage;
import dev.lowgear.contract.Topics;
import dev.lowgear.core.slo.PolicyMatch;
import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.core.slo.SloTargets;
import dev.lowgear.infrastructure.kafka.Broker;
import dev.lowgear.infrastructure.kafka.KafkaBroker;
import dev.lowgear.infrastructure.postgres.Databases;
import dev.lowgear.infrastructure.postgres.PostgresServer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** With a real broker and a real database. */
class ConnectedGatewayTest {
    private static final String DATABASE = "lowgear_gateway";
    private static final String MODEL = "announced";

    @TempDir static Path folder;

    private static final Broker BROKER = KafkaBroker.shared();
    private static final Databases POSTGRES = PostgresServer.shared();
    private static final FakeAgent AGENT = FakeAgent.start();
    private static final FakeAgent SCHEDULER = FakeAgent.start();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static ConfigurableApplicationContext context;
    private static BrokerRecords records;

    @BeforeAll
    static void start() throws Exception {
        POSTGRES.createDatabase(DATABASE);
        records = new BrokerRecords(BROKER.bootstrapServers());
        context =
                new SpringApplication(GatewayApplication.class)
                        .run(
                                "--server.port=0",
                                "--spring.kafka.bootstrap-servers=" + BROKER.bootstrapServers(),
                                "--spring.datasource.url=" + POSTGRES.jdbcUrl(DATABASE),
                                "--spring.datasource.username=" + POSTGRES.username(),
                                "--spring.datasource.password=" + POSTGRES.password(),
                                "--lowgear.gateway.scheduler-url=" + SCHEDULER.url(),
                                "--lowgear.gateway.access.refresh=100ms",
                                "--lowgear.gateway.access.remembered-in=" + remembered());
    }

    @AfterAll
    static void stop() {
        context.close();
        records.close();
    }

    @Test
    void learnsAgentsAndPoliciesFromTheirTopicsAndTellsWhatHappened() throws Exception {
        List<FakeAgent.Exchange> asked = new ArrayList<>();
        AGENT.serve(
                MODEL,
                exchange -> {
                    asked.add(exchange);
                    exchange.whole(200, "application/json", "{\"ok\":true}");
                });
        records.createTopic(Topics.AGENTS.topic(), Topics.AGENTS.settings());
        records.send(Topics.AGENTS.topic(), "node-9", MessageCodec.encode(inventory()));
        records.createTopic(Topics.SLO_POLICIES.topic(), Topics.SLO_POLICIES.settings());
        records.send(
                Topics.SLO_POLICIES.topic(),
                "poison",
                "{\"name\":".getBytes(StandardCharsets.UTF_8));
        records.send(Topics.SLO_POLICIES.topic(), "gold", MessageCodec.encode(gold()));
        StandaloneGateway.await(() -> get("/v1/models").body().contains(MODEL));
        StandaloneGateway.await(
                () -> get("/actuator/prometheus").body().contains("lowgear_gateway_policies 1"));

        HttpResponse<String> answer =
                send(
                        post(
                                        "/v1/chat/completions",
                                        StandaloneGateway.chatBody(MODEL, ",\"max_tokens\":5"))
                                .header("x-lowgear-slo-class", "gold")
                                .header("x-request-id", "told-1"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-lowgear-slo-class")).hasValue("gold");
        assertThat(answer.headers().firstValue("x-lowgear-engine")).hasValue("engine-9");
        assertThat(asked.getLast().headers)
                .containsEntry("x-lowgear-policy", "gold")
                .containsEntry("x-lowgear-policy-revision", "3")
                .containsEntry("x-lowgear-ttft-ms", "700")
                .containsEntry("x-lowgear-priority", "0");
        assertThat(
                        send(post("/v1/chat/completions", StandaloneGateway.chatBody(MODEL, ""))
                                        .header("x-lowgear-slo-class", "platinum"))
                                .statusCode())
                .isEqualTo(400);
        assertThat(get("/v1/models/" + MODEL).body()).contains("\"max_model_len\":4096");

        StandaloneGateway.await(() -> !events("told-1").isEmpty());
        assertThat(events("told-1"))
                .singleElement()
                .isInstanceOfSatisfying(
                        RequestEvent.Received.class,
                        received -> {
                            assertThat(received.policy()).isEqualTo("gold");
                            assertThat(received.maxTokens()).isEqualTo(5);
                        });
        String deadLetters = Topics.SLO_POLICIES.deadLetterTopic();
        StandaloneGateway.await(() -> !records.all(deadLetters).isEmpty());
        assertThat(records.all(deadLetters))
                .singleElement()
                .satisfies(letter -> {
                    assertThat(letter.key()).isEqualTo("poison");
                    assertThat(
                                    new String(
                                            letter.headers()
                                                    .lastHeader(Topics.DeadLetterHeaders.REASON)
                                                    .value(),
                                            StandardCharsets.UTF_8))
                            .contains("SloPolicyMessage");
                });
        records.send(Topics.SLO_POLICIES.topic(), "gold", null);
        StandaloneGateway.await(
                () -> get("/actuator/prometheus").body().contains("lowgear_gateway_policies 0"));
    }

    @Test
    void passesTheAdminApiOnToItsOwners() throws Exception {
        HttpResponse<String> answer = get("/api/v1/slo-policies/gold?dryRun=true");
        assertThat(answer.statusCode()).isEqualTo(404); // what the owner says
        assertThat(answer.body()).contains("no such model");
        assertThat(get("/api/v1/performance-tables").statusCode()).isEqualTo(503);
    }

    @Test
    void asksForKeysAsSoonAsOneIsMadeAndKeepsNoSecret() throws Exception {
        assertThat(
                        send(post(
                                        "/api/v1/tenants",
                                        "{\"name\":\"acme\",\"grantedClasses\":[\"gold\"]}"))
                                .statusCode())
                .isEqualTo(201);
        assertThat(send(post("/api/v1/tenants", "{\"name\":\"acme\"}")).statusCode())
                .isEqualTo(409);
        assertThat(get("/api/v1/tenants").body())
                .contains("\"name\":\"acme\"", "\"grantedClasses\":[\"gold\"]");
        assertThat(send(post("/api/v1/keys", "{\"label\":\"first\"}")).statusCode()).isEqualTo(422);
        JsonNode admin = made("{\"label\":\"admin\",\"role\":\"ADMIN\"}", null);
        String adminKey = admin.get("key").asString();
        try {
            assertThat(get("/v1/models").statusCode()).isEqualTo(401);
            assertThat(get("/api/v1/keys").statusCode()).isEqualTo(401);
            JsonNode user = made("{\"label\":\"app\",\"tenant\":\"acme\"}", adminKey);
            String userKey = user.get("key").asString();
            assertThat(user.get("role").asString()).isEqualTo("USER");
            assertThat(get("/v1/models", userKey).statusCode()).isEqualTo(200);
            assertThat(get("/api/v1/agents", userKey).statusCode()).isEqualTo(403);
            assertThat(get("/api/v1/keys", userKey).statusCode()).isEqualTo(403);
            assertThat(get("/api/v1/keys", adminKey).body())
                    .contains("app")
                    .doesNotContain(userKey);
            assertThat(delete("/api/v1/tenants/acme", adminKey)).isEqualTo(409);
            assertThat(delete("/api/v1/keys/" + user.get("id").asString(), adminKey))
                    .isEqualTo(204);
            assertThat(get("/v1/models", userKey).statusCode()).isEqualTo(401);
            assertThat(stored()).hasSize(1).doesNotContain(adminKey);
            assertThat(Files.readString(remembered())).contains(stored().getFirst());
        } finally {
            assertThat(delete("/api/v1/keys/" + admin.get("id").asString(), adminKey))
                    .isEqualTo(204);
        }
        assertThat(get("/v1/models").statusCode()).isEqualTo(200);
    }

    private static JsonNode made(String body, @Nullable String key) throws Exception {
        HttpRequest.Builder request = post("/api/v1/keys", body);
        if (key != null) {
            request.header("authorization", "Bearer " + key);
        }
        HttpResponse<String> answer = send(request);
        assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(201);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static List<String> stored() throws Exception {
        try (var connection =
                        DriverManager.getConnection(
                                POSTGRES.jdbcUrl(DATABASE),
                                POSTGRES.username(),
                                POSTGRES.password());
                var rows =
                        connection.createStatement().executeQuery("SELECT sha256 FROM api_key")) {
            List<String> hashes = new ArrayList<>();
            while (rows.next()) {
                hashes.add(rows.getString(1));
            }
            return hashes;
        }
    }

    private static List<RequestEvent> events(String requestId) {
        return records.all(Topics.REQUESTS.topic()).stream()
                .filter(record -> record.key().equals(requestId))
                .map(record -> MessageCodec.decode(record.value(), RequestEvent.class))
                .toList();
    }

    private static AgentInventory inventory() {
        return new AgentInventory(
                MessageCodec.SCHEMA_VERSION,
                "node-9",
                1,
                AGENT.url(),
                0,
                List.of(),
                List.of(
                        new AgentInventory.Engine(
                                "engine-9",
                                MODEL,
                                "m/g/tp1",
                                "f",
                                "simulated",
                                "ready",
                                1,
                                32,
                                1000,
                                16,
                                512,
                                4096,
                                true,
                                List.of("g"))),
                false);
    }

    private static SloPolicyMessage gold() {
        SloPolicy standard = SloPolicy.STANDARD;
        return SloPolicyMessage.of(
                new SloPolicy(
                        "gold",
                        new PolicyMatch(null, null, "gold"),
                        new SloTargets(Duration.ofMillis(700), null, null, null),
                        standard.attainment(),
                        standard.priority(),
                        standard.sheddable(),
                        standard.rescueLost(),
                        standard.energyMode(),
                        standard.clocks(),
                        standard.maximumPace(),
                        standard.margins()),
                3);
    }

    private static Path remembered() {
        return folder.resolve("keys.json");
    }

    private static HttpRequest.Builder request(String path) {
        int port =
                Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                        .getPort();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20));
    }

    private static HttpRequest.Builder post(String path, String body) {
        return request(path)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private static HttpResponse<String> get(String path, String key) throws Exception {
        return send(request(path).header("authorization", "Bearer " + key));
    }

    private static int delete(String path, String key) throws Exception {
        return send(request(path).header("authorization", "Bearer " + key).DELETE()).statusCode();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
