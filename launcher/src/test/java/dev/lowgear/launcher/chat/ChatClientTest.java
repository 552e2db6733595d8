package dev.lowgear.launcher.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;

import dev.lowgear.simulator.trace.TraceRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

class ChatClientTest {
    private static final String ROLE =
            "data:"
                + " {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n";
    private static final String TOKEN =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\" word\"}}]}\n\n";
    private static final String STOP =
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String USAGE =
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    private final AtomicReference<JsonNode> received = new AtomicReference<>();
    private final AtomicReference<String> answer = new AtomicReference<>("");
    private HttpServer server;
    private ChatClient client;
    private int status = 200;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/v1/chat/completions",
                exchange -> {
                    received.set(
                            JsonMapper.builder()
                                    .build()
                                    .readTree(exchange.getRequestBody().readAllBytes()));
                    exchange.sendResponseHeaders(status, 0);
                    try (var body = exchange.getResponseBody()) {
                        body.write(answer.get().getBytes(StandardCharsets.UTF_8));
                    }
                });
        server.start();
        client = new ChatClient("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void sendsAsManyWordsAsPromptTokensAndTheTrueLengthBesides() throws Exception {
        answer.set(ROLE + TOKEN + TOKEN + STOP + USAGE + DONE);
        client.complete("llama", new TraceRequest(0, 3, 2));
        var body = received.get();
        assertThat(body.path("model").asString()).isEqualTo("llama");
        assertThat(body.path("messages").path(0).path("content").asString())
                .isEqualTo("word word word");
        assertThat(body.path("max_tokens").asInt()).isEqualTo(2_048);
        assertThat(body.path("lowgear_simulated_output_tokens").asInt()).isEqualTo(2);
        assertThat(body.path("stream").asBoolean()).isTrue();
    }

    @Test
    void countsTokensAndIgnoresComments() throws Exception {
        answer.set(ROLE + ": still here\n\n" + TOKEN + TOKEN + STOP + USAGE + DONE);
        assertThat(complete())
                .isInstanceOfSatisfying(
                        Outcome.Completed.class,
                        completed -> {
                            assertThat(completed.tokens()).isEqualTo(2);
                            assertThat(completed.times().gapsMs()).hasSize(1);
                        });
    }

    @Test
    void aRefusalIsAFailure() throws Exception {
        status = 503;
        answer.set("{\"error\":{\"message\":\"busy\"}}");
        assertThat(complete()).isEqualTo(new Outcome.Failed("HTTP 503"));
    }

    @Test
    void anErrorEventIsAFailureEvenIfTheStreamIsEndedInOrder() throws Exception {
        answer.set(
                ROLE
                        + TOKEN
                        + "data: {\"error\":{\"message\":\"m\",\"code\":\"lost\"}}\n\n"
                        + DONE);
        assertThat(complete()).isEqualTo(new Outcome.Failed("lost"));
    }

    @Test
    void aStreamThatBreaksOffIsAFailure() throws Exception {
        answer.set(ROLE + TOKEN);
        assertThat(complete()).isEqualTo(new Outcome.Failed("broken off"));
    }

    @Test
    void anAnswerWithoutAFinishReasonIsAFailure() throws Exception {
        answer.set(ROLE + TOKEN + DONE);
        assertThat(complete()).isEqualTo(new Outcome.Failed("ended without a finish reason"));
    }

    @Test
    void nobodyThereIsAFailure() throws Exception {
        server.stop(0);
        assertThat(complete()).isEqualTo(new Outcome.Failed("ConnectException"));
    }

    private Outcome complete() throws InterruptedException {
        return client.complete("llama", new TraceRequest(0, 3, 2));
    }
}
