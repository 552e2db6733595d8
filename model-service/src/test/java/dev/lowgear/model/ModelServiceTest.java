package dev.lowgear.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.PerformanceTableMessage;
import dev.lowgear.contract.Topics;
import dev.lowgear.core.performance.PerformanceTable;
import dev.lowgear.infrastructure.kafka.KafkaBroker;
import dev.lowgear.infrastructure.postgres.Databases;
import dev.lowgear.infrastructure.postgres.PostgresServer;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The whole service between a real broker and a real database. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "lowgear.model.training.first-after=1s",
            "lowgear.model.training.every=1s",
            "lowgear.model.training.look-every=200ms",
            "lowgear.model.telemetry.lag-every=500ms",
        })
class ModelServiceTest {
    private static final String DATABASE_NAME = "lowgear_model_service_test";
    private static final TestDatabase DATABASE = TestDatabase.named(DATABASE_NAME);

    @LocalServerPort private int port;

    @DynamicPropertySource
    static void infrastructure(DynamicPropertyRegistry registry) {
        Databases server = PostgresServer.shared();
        registry.add("spring.datasource.url", () -> server.jdbcUrl(DATABASE_NAME));
        registry.add("spring.datasource.username", server::username);
        registry.add("spring.datasource.password", server::password);
        registry.add(
                "spring.kafka.bootstrap-servers", () -> KafkaBroker.shared().bootstrapServers());
    }

    @Test
    void storesWhatAgentsSendAndMovesPastWhatItCannotRead() {
        try (TestProducer producer = new TestProducer()) {
            for (int i = 0; i < 1_000; i++) {
                producer.send(
                        Topics.ITERATIONS, "engine-" + i % 7, Telemetry.iteration(i, "stored"));
                if (i % 100 == 50) {
                    producer.send(Topics.ITERATIONS, "engine-" + i % 7, "{poison");
                }
            }
            producer.send(Topics.POWER_WINDOWS, "engine-1", Telemetry.window());
            producer.send(Topics.AGENTS, "agent-x", "{\"schemaVersion\":1}");
        }
        await().untilAsserted(() ->
                assertThat(
                                DATABASE.value(
                                        "SELECT count(*), count(DISTINCT iteration)"
                                                + " FROM iteration_telemetry"
                                                + " WHERE fingerprint = 'stored'"))
                        .isEqualTo("1000|1000"));
        await().untilAsserted(() ->
                assertThat(DATABASE.value("SELECT count(*) FROM power_window")).isEqualTo("1"));
        try (TestConsumer letters = new TestConsumer(Topics.ITERATIONS.deadLetterTopic())) {
            await().untilAsserted(() -> assertThat(letters.seen()).hasSize(10));
            ConsumerRecord<String, byte[]> letter = letters.seen().getFirst();
            assertThat(new String(letter.value(), StandardCharsets.UTF_8)).isEqualTo("{poison");
            assertThat(header(letter, Topics.DeadLetterHeaders.REASON))
                    .startsWith("IterationTelemetry: ");
            assertThat(header(letter, Topics.DeadLetterHeaders.ORIGIN))
                    .matches("lowgear\\.telemetry\\.iterations-\\d@\\d+");
        }
        try (TestConsumer letters = new TestConsumer(Topics.AGENTS.deadLetterTopic())) {
            await().untilAsserted(() ->
                    assertThat(letters.seen())
                            .singleElement()
                            .satisfies(letter ->
                                    assertThat(header(letter, Topics.DeadLetterHeaders.REASON))
                                            .contains("agentId")));
        }
        await().untilAsserted(() -> {
            JsonNode feed = api().json("/api/v1/telemetry/summary").at("/feeds/0");
            assertThat(feed.at("/topic").asString()).isEqualTo(Topics.Names.ITERATIONS);
            assertThat(feed.at("/lag").asInt(-1)).isZero();
            assertThat(feed.at("/fingerprints").toString())
                    .contains("{\"fingerprint\":\"stored\",\"rows\":1000");
        });
        await().untilAsserted(() ->
                assertThat(api().get("/actuator/prometheus").body())
                        .contains(
                                "lowgear_ingest_dead_letters_total{topic=\"lowgear.telemetry"
                                        + ".iterations\"} 10",
                                "lowgear_ingest_lag_records{topic=\"lowgear.telemetry"
                                        + ".iterations\"} 0.0"));
        assertThat(api().get("/actuator/health/readiness").body()).contains("UP");
    }

    @Test
    void learnsFromTelemetryPublishesATableAndLetsPeopleChooseTheVersion() {
        TrueEngine engine = new TrueEngine("learned");
        try (TestConsumer tables = new TestConsumer(Topics.PERFORMANCE_TABLES.topic())) {
            send(engine, 3_000);
            int first = awaitActiveOtherThan(engine, 0);
            JsonNode model = api().json("/api/v1/models/" + first);
            assertThat(model.at("/quality/r2").asDouble()).isGreaterThan(0.97);
            assertThat(model.at("/quality/mape").asDouble())
                    .isLessThan(model.at("/quality/priorMape").asDouble() / 4);
            assertThat(model.at("/quality/samples").asInt()).isGreaterThan(1_000);

            String tableId = model.at("/tableId").asString();
            PerformanceTable table = awaitPublished(tables, tableId);
            assertThat(table.identity().fingerprint()).isEqualTo("learned");
            assertThat(table.quality().time()).isNotNull();
            assertThatTableIsServed(tableId, table);

            awaitActiveOtherThan(engine, first);
            assertThat(stateOf(first)).isEqualTo("CANDIDATE");
            assertThat(api().post("/api/v1/models/" + first + "/roll-back").statusCode())
                    .isEqualTo(409);

            int rolledBack = rollBackWhateverIsInForce("learned");
            int predecessor = versionIn("learned", "ACTIVE").orElseThrow();
            assertThat(predecessor).isLessThan(rolledBack);
            await().untilAsserted(() ->
                    assertThat(newestOf(tables, "learned").version()).isEqualTo(predecessor));

            int later = awaitVersion(engine, "CANDIDATE", version -> version > rolledBack);
            assertThat(stateOf(predecessor)).isEqualTo("ACTIVE");
            assertThat(api().post("/api/v1/models/" + later + "/promote").statusCode())
                    .isEqualTo(200);
            assertThat(stateOf(rolledBack)).isEqualTo("CANDIDATE");
            await().untilAsserted(() ->
                    assertThat(api().get("/actuator/prometheus").body())
                            .contains(
                                    "lowgear_training_seconds_count{state=\"active\"}",
                                    "lowgear_model_version{fingerprint=\"learned\"}"));
        }
    }

    /** A training that is under way may still change what that is. */
    private int rollBackWhateverIsInForce(String fingerprint) {
        int[] rolledBack = new int[1];
        await().until(() -> {
            int active = versionIn(fingerprint, "ACTIVE").orElseThrow();
            String path = "/api/v1/models/" + active;
            String tag = api().get(path).headers().firstValue("ETag").orElseThrow();
            assertThat(api().post(path + "/roll-back", "If-Match", "\"77\"").statusCode())
                    .isEqualTo(412);
            rolledBack[0] = active;
            return api().post(path + "/roll-back", "If-Match", tag).statusCode() == 200;
        });
        assertThat(stateOf(rolledBack[0])).isEqualTo("ROLLED_BACK");
        return rolledBack[0];
    }

    @Test
    void withdrawsTheTableWhenNothingIsLeftToRollBackTo() {
        TrueEngine engine = new TrueEngine("withdrawn");
        try (TestConsumer tables = new TestConsumer(Topics.PERFORMANCE_TABLES.topic())) {
            send(engine, 2_000);
            awaitActiveOtherThan(engine, 0);
            // a training under way may bring another version meanwhile: until none is left
            await().untilAsserted(() -> {
                if (versionIn("withdrawn", "ACTIVE").isPresent()) {
                    DATABASE.execute(
                            "DELETE FROM model_version"
                                    + " WHERE fingerprint = 'withdrawn' AND state <> 'ACTIVE'");
                    rollBackWhateverIsInForce("withdrawn");
                }
                assertThat(tables.seen())
                        .filteredOn(record -> record.key().equals("withdrawn"))
                        .last()
                        .satisfies(record -> assertThat(record.value()).isNull());
            });
        }
    }

    @Test
    void answersBadRequestsWithProblems() {
        assertProblem("/api/v1/models/4711", 404, "there is no version 4711");
        assertProblem("/api/v1/models/one", 400, "version");
        assertProblem("/api/v1/models?limit=0", 400, "");
        assertProblem("/api/v1/models?limit=many", 400, "limit");
        assertProblem("/api/v1/models?state=GONE", 400, "state");
        assertProblem("/api/v1/performance-tables/none", 404, "there is no table none");
        assertProblem("/api/v1/nothing", 404, "");
        var post = api().post("/api/v1/telemetry/summary");
        assertThat(post.statusCode()).isEqualTo(405);
        var promote = api().post("/api/v1/models/4711/promote");
        assertThat(promote.statusCode()).isEqualTo(404);
        var tag = api().post("/api/v1/models/4711/promote", "If-Match", "\"x\"");
        assertThat(tag.statusCode()).isEqualTo(400);
        assertThat(tag.body()).contains("If-Match");
    }

    @Test
    void describesItsApi() {
        JsonNode paths = api().json("/openapi.json").at("/paths");
        assertThat(paths.propertyNames())
                .contains(
                        "/api/v1/models",
                        "/api/v1/models/{version}/promote",
                        "/api/v1/models/{version}/roll-back",
                        "/api/v1/performance-tables/{id}",
                        "/api/v1/telemetry/summary");
    }

    private void assertProblem(String path, int status, String detail) {
        var response = api().get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type"))
                .as(path)
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem"));
        assertThat(response.body()).as(path).contains(detail).doesNotContain("Exception");
    }

    private void assertThatTableIsServed(String tableId, PerformanceTable table) {
        String path = "/api/v1/performance-tables/" + tableId;
        JsonNode json = api().json(path);
        assertThat(json.at("/iterationMicros").size()).isEqualTo(table.grid().cells());
        assertThat(json.at("/iterationMicros/17").floatValue()).isEqualTo(table.microsByCell()[17]);
        var csv = api().get(path, "Accept", "text/csv");
        assertThat(csv.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/csv"));
        assertThat(csv.body().lines()).hasSize(table.grid().cells() + 1);
        assertThat(csv.body())
                .startsWith("clock_mhz,batch,kv_tokens,prefill_tokens,iteration_micros,busy_watts");
        // the list has what is in force now, which may be a later version already
        assertThat(api().get("/api/v1/performance-tables").body())
                .contains("\"fingerprint\":\"" + table.identity().fingerprint() + "\"");
    }

    /** Iterations keep coming until a version is in force that is not the given one. */
    private int awaitActiveOtherThan(TrueEngine engine, int known) {
        return awaitVersion(engine, "ACTIVE", version -> version != known);
    }

    private int awaitVersion(TrueEngine engine, String state, IntPredicate wanted) {
        int[] found = new int[1];
        String fingerprint = engine.next().fingerprint();
        await().pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    send(engine, 300);
                    versionsIn(fingerprint, state)
                            .filter(wanted)
                            .findFirst()
                            .ifPresent(version -> {
                                found[0] = version;
                            });
                    return found[0] != 0;
                });
        return found[0];
    }

    private static void send(TrueEngine engine, int iterations) {
        try (TestProducer producer = new TestProducer()) {
            producer.send(Topics.AGENTS, engine.inventory().agentId(), engine.inventory());
            for (int i = 0; i < iterations; i++) {
                producer.send(Topics.ITERATIONS, "engine", engine.next());
            }
        }
    }

    private static PerformanceTable awaitPublished(TestConsumer tables, String tableId) {
        await().until(() -> tables.seen().stream().anyMatch(record -> isTable(record, tableId)));
        return tables.seen().stream()
                .filter(record -> isTable(record, tableId))
                .findFirst()
                .map(record ->
                        MessageCodec.decode(record.value(), PerformanceTableMessage.class).toCore())
                .orElseThrow();
    }

    private static boolean isTable(ConsumerRecord<String, byte[]> record, String tableId) {
        return record.value() != null
                && MessageCodec.decode(record.value(), PerformanceTableMessage.class)
                        .tableId()
                        .equals(tableId);
    }

    private static PerformanceTableMessage newestOf(TestConsumer tables, String fingerprint) {
        List<ConsumerRecord<String, byte[]>> records =
                tables.seen().stream().filter(record -> record.key().equals(fingerprint)).toList();
        return MessageCodec.decode(records.getLast().value(), PerformanceTableMessage.class);
    }

    private OptionalInt versionIn(String fingerprint, String state) {
        return versionsIn(fingerprint, state).findFirst();
    }

    private IntStream versionsIn(String fingerprint, String state) {
        String query = "/api/v1/models?fingerprint=%s&state=%s".formatted(fingerprint, state);
        return api().json(query).valueStream().mapToInt(model -> model.at("/version").asInt());
    }

    private String stateOf(int version) {
        return api().json("/api/v1/models/" + version).at("/state").asString();
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(90));
    }

    private TestApi api() {
        return new TestApi(port);
    }
}
