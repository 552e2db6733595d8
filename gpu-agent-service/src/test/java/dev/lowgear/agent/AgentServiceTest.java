package dev.lowgear.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.contract.AgentHeaders;
import dev.lowgear.contract.AgentInventory;
import dev.lowgear.contract.DirectiveMessage;
import dev.lowgear.contract.EngineProjection;
import dev.lowgear.contract.IterationTelemetry;
import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.PowerWindow;
import dev.lowgear.contract.RequestEvent;
import dev.lowgear.contract.Topics;
import dev.lowgear.core.control.Fence;
import dev.lowgear.core.gear.Envelope;
import dev.lowgear.core.gear.Gear;
import dev.lowgear.infrastructure.kafka.KafkaBroker;

import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** One agent with one simulated engine, a real broker, and no guardian. */
class AgentServiceTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir static Path folder;
    private static ConfigurableApplicationContext agent;
    private static String url;

    @BeforeAll
    static void start() {
        agent =
                SpringApplication.run(
                        AgentApplication.class,
                        "--server.port=0",
                        "--spring.kafka.bootstrap-servers="
                                + KafkaBroker.shared().bootstrapServers(),
                        "--lowgear.agent.id=node-test",
                        "--lowgear.agent.simulated-gpu-directory=" + folder.resolve("gpus"),
                        "--lowgear.agent.guardian.socket=" + folder.resolve("nobody.sock"),
                        "--lowgear.agent.engines[0].id=engine-test",
                        "--lowgear.agent.engines[0].model=llama",
                        "--lowgear.agent.engines[0].profile=llama-3.1-8b/h100/tp1",
                        "--lowgear.agent.engines[0].gpus[0]=GPU-test");
        url = "http://127.0.0.1:" + agent.getEnvironment().getRequiredProperty("local.server.port");
    }

    @AfterAll
    static void stop() {
        agent.close();
    }

    @Test
    void streamsExactlyTheSimulatedAnswerAndEndsItWithUsageAndDone() throws Exception {
        HttpResponse<String> answer =
                post(
                        "/v1/chat/completions",
                        """
                        {"model":"llama","messages":[{"role":"user","content":"one two three"}],
                         "stream":true,"stream_options":{"include_usage":true},"max_tokens":50,
                         "lowgear_simulated_output_tokens":5}\
                        """);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type").orElseThrow())
                .startsWith("text/event-stream");
        List<String> events = answer.body().lines().filter(line -> !line.isEmpty()).toList();
        assertThat(events.getLast()).isEqualTo("data: [DONE]");
        List<JsonNode> chunks =
                events.subList(0, events.size() - 1).stream()
                        .map(event -> JSON.readTree(event.substring("data: ".length())))
                        .toList();
        assertThat(chunks).hasSize(1 + 5 + 1 + 1);
        assertThat(chunks.get(6).at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        assertThat(chunks.get(7).at("/choices").isEmpty()).isTrue();
        assertThat(chunks.get(7).at("/usage/completion_tokens").intValue()).isEqualTo(5);
        assertThat(chunks.get(7).at("/usage/prompt_tokens").intValue()).isEqualTo(3);
    }

    @Test
    void cutsAnAnswerAtMaxTokensAndSaysSo() throws Exception {
        JsonNode whole =
                JSON.readTree(
                        post(
                                        "/v1/completions",
                                        """
                                        {"model":"llama","prompt":"a b","max_tokens":3,
                                         "lowgear_simulated_output_tokens":9}\
                                        """)
                                .body());
        assertThat(whole.at("/choices/0/finish_reason").asString()).isEqualTo("length");
        assertThat(whole.at("/choices/0/text").asString().split(" ")).hasSize(3);
    }

    @Test
    void answersNonsenseWithOpenAisErrorObject() throws Exception {
        HttpResponse<String> malformed = post("/v1/chat/completions", "{\"model\":");
        assertThat(malformed.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(malformed.body()).at("/error/type").asString())
                .isEqualTo("invalid_request_error");
        HttpResponse<String> unknown =
                post(
                        "/v1/chat/completions",
                        "{\"model\":\"gpt\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(JSON.readTree(unknown.body()).at("/error/code").asString())
                .isEqualTo("model_not_found");
        HttpResponse<String> long_ =
                post(
                        "/v1/completions",
                        "{\"model\":\"llama\",\"prompt\":\"" + "a ".repeat(16_001) + "\"}");
        assertThat(long_.statusCode()).isEqualTo(400);
        assertThat(long_.body()).contains("maximum context length");
    }

    @Test
    void tellsPrometheusAboutItsEngineAndIsReady() throws Exception {
        assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(200);
        assertThat(get("/actuator/prometheus").body())
                .contains(
                        "lowgear_clock_measured_mhz{engine=\"engine-test\",model=\"llama\"} 1980.0")
                .contains("lowgear_energy_joules_total{engine=\"engine-test\"");
    }

    @Test
    void announcesItselfProjectsItsEngineAndReportsEveryIteration() throws Exception {
        try (Topic inventory = Topic.of(Topics.AGENTS);
                Topic projections = Topic.of(Topics.PROJECTIONS);
                Topic iterations = Topic.of(Topics.ITERATIONS);
                Topic windows = Topic.of(Topics.POWER_WINDOWS);
                Topic requests = Topic.of(Topics.REQUESTS)) {
            post(
                    "/v1/completions",
                    """
                    {"model":"llama","prompt":"a b c","max_tokens":300,
                     "lowgear_simulated_output_tokens":250}\
                    """);
            AgentInventory announced = inventory.await(AgentInventory.class, any -> true);
            assertThat(announced.url()).isEqualTo(url);
            assertThat(announced.engines().getFirst().profile()).isEqualTo("llama-3.1-8b/h100/tp1");
            EngineProjection busy =
                    projections.await(EngineProjection.class, one -> one.load().running() == 1);
            assertThat(busy.segments().iterations()).isNotEmpty();
            assertThat(busy.policies().getFirst().policy()).isEqualTo("standard");
            IterationTelemetry iteration =
                    iterations.await(IterationTelemetry.class, one -> one.decodeTokens() == 1);
            assertThat(iteration.busyMillijoules()).isNull();
            assertThat(iteration.measuredClockMhz()).isEqualTo(1980);
            PowerWindow window = windows.await(PowerWindow.class, one -> one.busyFraction() > 0.2);
            assertThat(window.millijoules()).isPositive();
            RequestEvent.Completed completed =
                    (RequestEvent.Completed)
                            requests.await(
                                    RequestEvent.class,
                                    one ->
                                            one instanceof RequestEvent.Completed done
                                                    && done.outputTokens() == 250);
            assertThat(completed.missed()).isEmpty();
            assertThat(completed.e2eMicros()).isGreaterThan(completed.ttftMicros());
        }
    }

    @Test
    void obeysACurrentDirectiveRefusesAForeignOneAndBuriesAnUnreadableOne() throws Exception {
        try (Topic inventory = Topic.of(Topics.AGENTS);
                Topic projections = Topic.of(Topics.PROJECTIONS);
                Topic letters = Topic.named(Topics.DIRECTIVES.deadLetterTopic())) {
            int partition =
                    inventory.await(AgentInventory.class, any -> true).directivesPartition();
            EngineProjection seen = projections.await(EngineProjection.class, any -> true);
            KafkaTemplate<String, byte[]> scheduler = scheduler();
            scheduler.send(Topics.DIRECTIVES.topic(), partition, "x", new byte[] {'?'}).get();
            scheduler
                    .send(
                            Topics.DIRECTIVES.topic(),
                            partition,
                            "engine-test",
                            gear(seen, seen.incarnation() + 1))
                    .get();
            assertThat(letters.awaitHeader("lowgear-reason")).contains("DirectiveMessage");
            scheduler
                    .send(
                            Topics.DIRECTIVES.topic(),
                            partition,
                            "x",
                            MessageCodec.encode(
                                    new DirectiveMessage.Release(
                                            1, "no such id!", new Fence(5, 1, 1), 1, "X", "y")))
                    .get();
            assertThat(letters.awaitHeader("lowgear-reason")).contains("no such id!");
            long refused =
                    awaitStatus(status -> status.at("/control/refused").longValue() > 0)
                            .at("/control/refused")
                            .longValue();
            assertThat(refused).isEqualTo(1);
            EngineProjection newer = projections.await(EngineProjection.class, any -> true);
            scheduler
                    .send(
                            Topics.DIRECTIVES.topic(),
                            partition,
                            "engine-test",
                            gear(newer, newer.incarnation()))
                    .get();
            JsonNode obeyed =
                    awaitStatus(status -> status.at("/control/directives").longValue() > 0);
            assertThat(obeyed.at("/control/directives").longValue()).isEqualTo(1);
            // nobody is there to set the clock: the engine goes back to its default, and says so
            awaitStatus(status -> status.at("/gear/clockMhz").intValue() == 0);
        }
    }

    private static byte[] gear(EngineProjection seen, long incarnation) {
        return MessageCodec.encode(
                new DirectiveMessage.SetGear(
                        1,
                        "engine-test",
                        new Fence(5, incarnation, seen.sequence()),
                        seen.stampNanos(),
                        60_000,
                        Gear.clock(1200),
                        Envelope.UNBOUNDED,
                        "engine-test-1",
                        "TEST",
                        "for the test"));
    }

    private static KafkaTemplate<String, byte[]> scheduler() {
        return new KafkaTemplate<>(
                new DefaultKafkaProducerFactory<>(
                        Map.of("bootstrap.servers", KafkaBroker.shared().bootstrapServers()),
                        new StringSerializer(),
                        new ByteArraySerializer()));
    }

    private static JsonNode awaitStatus(Predicate<JsonNode> wanted) throws Exception {
        long giveUp = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            JsonNode status = JSON.readTree(get("/api/v1/engines/engine-test").body());
            if (wanted.test(status)) {
                return status;
            }
            if (System.nanoTime() > giveUp) {
                throw new AssertionError("never seen; last " + status);
            }
            Thread.onSpinWait();
        }
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(url + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String path, String body)
            throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("content-type", "application/json")
                        .header(AgentHeaders.ENGINE, "engine-test")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
