package dev.lowgear.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** What a full, a dead or a missing agent means for those who wait. */
class QueueTest {
    private static final String OK = "{\"ok\":true}";
    private static final String EVENTS = "data: {\"t\":1}\n\ndata: [DONE]\n\n";

    private final StandaloneGateway gateway = StandaloneGateway.shared();

    @Test
    void keepsARequestUntilTheFullAgentHasRoom() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        gateway.serve(
                "soon",
                exchange -> {
                    if (asked.incrementAndGet() < 4) {
                        exchange.full(5);
                    } else {
                        exchange.whole(200, "application/json", OK);
                    }
                });
        HttpResponse<String> answer = gateway.chat("soon", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(OK);
        assertThat(asked).hasValue(4);
    }

    @Test
    void opensAStreamThatWaitsLongAndKeepsItAlive() throws Exception {
        AtomicBoolean room = new AtomicBoolean();
        gateway.serve(
                "long",
                exchange -> {
                    if (room.get()) {
                        exchange.openStream();
                        exchange.chunk(EVENTS);
                        exchange.endStream();
                    } else {
                        exchange.full(10);
                    }
                });
        try (var stream = LiveStream.open(gateway, "long")) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.nextEvent()).isEqualTo(": queued");
            room.set(true);
            String event = stream.nextEvent();
            while (event.equals(": queued")) {
                event = stream.nextEvent();
            }
            assertThat(event).isEqualTo("data: {\"t\":1}");
            assertThat(stream.nextEvent()).isEqualTo("data: [DONE]");
        }
    }

    @Test
    void givesUpWithAStatusWhileOneIsPossibleAndWithAnEventAfter() throws Exception {
        gateway.serve("never", exchange -> exchange.full(1_500));
        HttpResponse<String> whole = gateway.chat("never", "");
        assertThat(whole.statusCode()).isEqualTo(503);
        assertThat(whole.headers().firstValue("retry-after-ms")).hasValue("1500");
        assertThat(whole.headers().firstValue("retry-after")).hasValue("2");
        assertThat(whole.body()).contains("\"code\":\"service_unavailable\"");
        HttpResponse<String> stream = gateway.chat("never", ",\"stream\":true");
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(stream.body())
                .startsWith(": queued\n\n")
                .endsWith("\"code\":\"service_unavailable\"}}\n\n")
                .doesNotContain("[DONE]");
    }

    @Test
    void refusesMoreThanMayWait() throws Exception {
        AtomicBoolean room = new AtomicBoolean();
        gateway.serve(
                "crowded",
                exchange -> {
                    if (room.get()) {
                        exchange.whole(200, "application/json", OK);
                    } else {
                        exchange.full(20);
                    }
                });
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> waiting = new ArrayList<>();
            for (int i = 0; i < StandaloneGateway.QUEUE_CAPACITY; i++) {
                waiting.add(
                        clients.submit(() -> {
                            // On a slow machine one may be given up, or find its place taken,
                            // meanwhile.
                            HttpResponse<String> answer = gateway.chat("crowded", "");
                            while (answer.statusCode() == 503 || answer.statusCode() == 429) {
                                answer = gateway.chat("crowded", "");
                            }
                            return answer;
                        }));
            }
            AtomicReference<HttpResponse<String>> refused = new AtomicReference<>();
            try {
                StandaloneGateway.await(() ->
                        gateway.get("/actuator/prometheus")
                                .body()
                                .contains(
                                        "lowgear_gateway_queued{model=\"crowded\"} "
                                                + StandaloneGateway.QUEUE_CAPACITY));
                StandaloneGateway.await(() -> {
                    refused.set(gateway.chat("crowded", ""));
                    return refused.get().statusCode() == 429;
                });
            } finally {
                room.set(true);
            }
            assertThat(refused.get().headers().firstValue("retry-after-ms")).hasValue("20");
            assertThat(refused.get().body()).contains("\"code\":\"rate_limit_exceeded\"");
            for (Future<HttpResponse<String>> one : waiting) {
                assertThat(one.get().statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void leavesAnAgentThatDiesForTheOther() throws Exception {
        ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
        gateway.serveTwice(
                "half-dead",
                exchange -> {
                    asked.add("dead");
                    exchange.die();
                },
                exchange -> {
                    asked.add("alive");
                    exchange.whole(200, "application/json", OK);
                });
        for (int i = 0; i < 4; i++) {
            assertThat(gateway.chat("half-dead", "").statusCode()).isEqualTo(200);
        }
        assertThat(asked).contains("dead", "alive");
    }

    @Test
    void saysCleanlyThatNobodyCanServeNow() throws Exception {
        gateway.serve(
                "stopping", exchange -> exchange.whole(503, "text/html", "<html>draining</html>"));
        HttpResponse<String> answer = gateway.chat("stopping", ",\"stream\":true");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
        assertThat(answer.body()).contains("\"code\":\"service_unavailable\"");
    }

    @Test
    void bringsEnginesErrorsIntoOpenAisForm() throws Exception {
        gateway.serve(
                "foreign",
                exchange -> {
                    if (exchange.body.contains("\"stop\":1")) {
                        exchange.whole(
                                400,
                                "application/json",
                                "{\"error\":{\"message\":\"bad"
                                        + " stop\",\"type\":\"BadRequestError\",\"code\":400}}");
                    } else if (exchange.body.contains("\"stop\":2")) {
                        exchange.whole(401, "application/json", "{\"error\":\"Unauthorized\"}");
                    } else {
                        exchange.whole(500, "text/html", "<html>boom</html>");
                    }
                });
        HttpResponse<String> bad = gateway.chat("foreign", ",\"stop\":1");
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(bad.body())
                .isEqualTo(
                        "{\"error\":{\"message\":\"bad"
                            + " stop\",\"type\":\"BadRequestError\",\"param\":null,\"code\":null}}");
        assertThat(gateway.chat("foreign", ",\"stop\":2").body())
                .contains("\"message\":\"Unauthorized\"");
        HttpResponse<String> broken = gateway.chat("foreign", "");
        assertThat(broken.statusCode()).isEqualTo(502);
        assertThat(broken.body()).contains("\"code\":\"bad_gateway\"").doesNotContain("html");
    }

    @Test
    void answersAWholeAnswerThatBreaksOffWithAnError() throws Exception {
        gateway.serve(
                "torn",
                exchange -> {
                    exchange.openStream();
                    exchange.chunk("{\"half\":");
                    exchange.die();
                });
        HttpResponse<String> answer = gateway.chat("torn", "");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("\"code\":\"bad_gateway\"");
    }

    @Test
    void countsHowRequestsEnded() throws Exception {
        gateway.serve(
                "counted",
                exchange -> {
                    exchange.openStream();
                    exchange.chunk(
                            "data:"
                                + " {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}\n\n"
                                    + EVENTS);
                    exchange.endStream();
                });
        gateway.chat("counted", ",\"stream\":true");
        StandaloneGateway.await(() ->
                gateway.get("/actuator/prometheus")
                        .body()
                        .contains(
                                "lowgear_gateway_requests_total{model=\"counted\",outcome=\"completed\"}"
                                    + " 1.0"));
        String metrics = gateway.get("/actuator/prometheus").body();
        assertThat(metrics)
                .contains("lowgear_gateway_tokens_total{kind=\"completion\",model=\"counted\"} 4.0")
                .contains("lowgear_gateway_first_byte_seconds_count{model=\"counted\"} 1")
                .contains("lowgear_gateway_in_flight{model=\"counted\"} 0.0");
    }
}
