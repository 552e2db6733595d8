package dev.lowgear.launcher.soak;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

class SoakClientTest {
    private static final String TOKENS = "data: {\"choices\":[]}\n\n".repeat(5);

    private final SoakTally tally = new SoakTally();
    private HttpServer server;
    private SoakClient client;
    private volatile int status = 200;
    private volatile String answer = "";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/v1/chat/completions",
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(status, 0);
                    try (var body = exchange.getResponseBody()) {
                        body.write(answer.getBytes(StandardCharsets.UTF_8));
                    }
                });
        server.start();
        client = new SoakClient("http://127.0.0.1:" + server.getAddress().getPort(), tally);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void countsAnswersThatAreWhole() throws Exception {
        answer = TOKENS + "data: [DONE]\n\n";
        send(SoakRequest.Kind.STREAM);
        answer = "{\"choices\":[{\"finish_reason\":\"stop\"}]}";
        send(SoakRequest.Kind.WHOLE);
        assertThat(tally.counts().answered()).isEqualTo(2);
        assertThat(tally.counts().errors()).isZero();
    }

    @Test
    void leavesInTheMiddleWhenItsClientDoes() throws Exception {
        answer = TOKENS;
        send(SoakRequest.Kind.LEAVES);
        assertThat(tally.counts().left()).isEqualTo(1);
    }

    @Test
    void isWrongWhenAnAnswerBreaksOffOrIsAnError() throws Exception {
        answer = TOKENS;
        send(SoakRequest.Kind.STREAM);
        answer = "data: {\"error\":{\"code\":\"engine_gone\"}}\n\n";
        send(SoakRequest.Kind.STREAM);
        answer = "{}";
        send(SoakRequest.Kind.WHOLE);
        status = 500;
        send(SoakRequest.Kind.WHOLE);
        assertThat(tally.counts().wrong())
                .containsOnlyKeys(
                        "STREAM: broken off",
                        "STREAM: data: {\"error\":{\"code\":\"engine_gone\"}}",
                        "WHOLE: an answer without its end",
                        "WHOLE: HTTP 500");
    }

    @Test
    void wantsNonsenseToBeRefusedAndLoadToBeShed() throws Exception {
        status = 400;
        send(SoakRequest.Kind.MALFORMED);
        status = 404;
        send(SoakRequest.Kind.STRANGE_MODEL);
        status = 429;
        send(SoakRequest.Kind.STREAM);
        assertThat(tally.counts().refusedRightly()).isEqualTo(2);
        assertThat(tally.counts().refused()).isEqualTo(1);
        status = 200;
        send(SoakRequest.Kind.MALFORMED);
        assertThat(tally.counts().wrong()).containsOnlyKeys("MALFORMED: HTTP 200");
    }

    @Test
    void drawsEveryKindOfRequest() {
        var random = new SplittableRandom(1);
        var kinds = new ConcurrentHashMap<SoakRequest.Kind, Integer>();
        for (int i = 0; i < 1_000; i++) {
            kinds.merge(
                    SoakRequest.draw(random, List.of("m"), List.of("a", "b")).kind(),
                    1,
                    Integer::sum);
        }
        assertThat(kinds).containsOnlyKeys(SoakRequest.Kind.values());
    }

    @Test
    void trafficPausesAndBursts() {
        assertThat(SoakTraffic.factor(5)).isZero();
        assertThat(SoakTraffic.factor(30)).isEqualTo(1);
        assertThat(SoakTraffic.factor(47)).isEqualTo(5);
        assertThat(SoakTraffic.factor(121)).isZero();
    }

    private void send(SoakRequest.Kind kind) throws InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            client.send(http, new SoakRequest(kind, "{}", Map.of(), 3));
        }
    }
}
