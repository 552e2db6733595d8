package dev.lowgear.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Transcripts, byte for byte. */
class StreamingTest {
    private static final String ROLE =
            "data:"
                + " {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]";
    private static final String TOKEN =
            "data:"
                + " {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Grüße\"},\"finish_reason\":null}]";
    private static final String LAST =
            "data:"
                + " {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]";
    private static final String USAGE =
            "data:"
                + " {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3}}\n\n";
    private static final String DONE = "data: [DONE]\n\n";
    private static final String NULL = ",\"usage\":null}\n\n";
    private static final String PLAIN = "}\n\n";

    private final StandaloneGateway gateway = StandaloneGateway.shared();
    private final AtomicReference<FakeAgent.Exchange> seen = new AtomicReference<>();

    private void speak(FakeAgent.Exchange exchange) throws IOException {
        seen.set(exchange);
        exchange.openStream();
        for (String chunk : new String[] {ROLE + NULL, TOKEN + NULL, LAST + NULL + USAGE, DONE}) {
            exchange.chunk(chunk);
        }
        exchange.endStream();
    }

    @Test
    void takesTheUsageOutThatTheClientDidNotAskFor() throws Exception {
        gateway.serve("usage-added", this::speak);
        HttpResponse<String> answer =
                gateway.chat(
                        "usage-added",
                        ",\"stream\":true,\"lowgear_simulated_output_tokens\":7,\"x\":{\"y\":[ 1"
                                + " ]}");
        assertThat(answer.body()).isEqualTo(ROLE + PLAIN + TOKEN + PLAIN + LAST + PLAIN + DONE);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(type ->
                        assertThat(type.replace(" ", ""))
                                .isEqualToIgnoringCase("text/event-stream;charset=utf-8"));
        assertThat(answer.headers().firstValue("cache-control")).hasValue("no-cache");
        assertThat(answer.headers().firstValue("x-accel-buffering")).hasValue("no");
        assertThat(answer.headers().firstValue("x-lowgear-slo-class")).hasValue("standard");
        assertThat(answer.headers().firstValue("x-lowgear-engine"))
                .hasValueSatisfying(engine -> assertThat(engine).startsWith("usage-added-"));
        assertThat(seen.get().body)
                .isEqualTo(
                        "{\"stream_options\":{\"include_usage\":true},"
                                + StandaloneGateway.chatBody(
                                                "usage-added",
                                                ",\"stream\":true,\"lowgear_simulated_output_tokens\":7,\"x\":{\"y\":["
                                                    + " 1 ]}")
                                        .substring(1));
    }

    @Test
    void passesEveryByteOnWhenTheClientAskedForUsage() throws Exception {
        gateway.serve("usage-asked", this::speak);
        String more = ",\"stream\":true,\"stream_options\":{\"include_usage\":true}";
        assertThat(gateway.chat("usage-asked", more).body())
                .isEqualTo(ROLE + NULL + TOKEN + NULL + LAST + NULL + USAGE + DONE);
        assertThat(seen.get().body).isEqualTo(StandaloneGateway.chatBody("usage-asked", more));
    }

    @Test
    void tellsTheAgentWhatTheRequestIsPromised() throws Exception {
        gateway.serve("promised", this::speak);
        gateway.send(
                gateway.post(
                                "/v1/chat/completions",
                                StandaloneGateway.chatBody("promised", ",\"stream\":true"))
                        .header("x-request-id", "mine-7")
                        .header("x-lowgear-priority", "999")
                        .header("authorization", "Bearer secret")
                        .header("x-slo-ttft-ms", "250"));
        assertThat(seen.get().headers)
                .containsEntry("x-lowgear-request-id", "mine-7")
                .containsEntry("x-lowgear-policy", "standard")
                .containsEntry("x-lowgear-policy-revision", "0")
                .containsEntry("x-lowgear-ttft-ms", "250")
                .containsEntry("x-lowgear-attainment", "0.99")
                .containsEntry("x-lowgear-priority", "0")
                .containsEntry("x-lowgear-sheddable", "false")
                .containsKey("x-lowgear-waited-ms")
                .doesNotContainKeys("authorization", "x-lowgear-e2e-ms", "x-slo-ttft-ms");
    }

    @Test
    void passesEachTokenOnBeforeTheNextIsThere() throws Exception {
        BlockingQueue<String> tokens = new LinkedBlockingQueue<>();
        gateway.serve(
                "paced",
                exchange -> {
                    exchange.openStream();
                    for (String token = tokens.take(); !token.isEmpty(); token = tokens.take()) {
                        exchange.chunk("data: {\"t\":\"" + token + "\"}\n\n");
                    }
                    exchange.chunk(DONE);
                    exchange.endStream();
                });
        tokens.add("a");
        try (var stream = LiveStream.open(gateway, "paced")) {
            assertThat(stream.nextEvent()).isEqualTo("data: {\"t\":\"a\"}");
            for (String token : new String[] {"b", "c"}) {
                tokens.add(token);
                assertThat(stream.nextEvent()).isEqualTo("data: {\"t\":\"" + token + "\"}");
            }
            tokens.add("");
            assertThat(stream.nextEvent()).isEqualTo("data: [DONE]");
        }
    }

    @Test
    void endsWithAnErrorEventAndNoDoneWhenTheAgentDiesInMidStream() throws Exception {
        gateway.serve(
                "dies",
                exchange -> {
                    exchange.openStream();
                    exchange.chunk(TOKEN + PLAIN + "data: {\"half\":");
                    exchange.die();
                });
        assertThat(gateway.chat("dies", ",\"stream\":true").body())
                .isEqualTo(
                        TOKEN
                                + PLAIN
                                + "data: {\"error\":{\"message\":\"The engine broke off in"
                                + " mid-stream\",\"type\":\"server_error\",\"param\":null,"
                                + "\"code\":\"bad_gateway\"}}\n\n");
    }

    @Test
    void passesTheAgentsOwnErrorEventOnOnce() throws Exception {
        String error = "data: {\"error\":{\"message\":\"engine gone\"}}\n\n";
        gateway.serve(
                "fails",
                exchange -> {
                    exchange.openStream();
                    exchange.chunk(TOKEN + PLAIN);
                    exchange.chunk(error);
                    exchange.endStream();
                });
        assertThat(gateway.chat("fails", ",\"stream\":true").body())
                .isEqualTo(TOKEN + PLAIN + error);
    }

    @Test
    void endsTheRequestAtTheAgentWhenTheClientGoesAway() throws Exception {
        CountDownLatch hungUp = new CountDownLatch(1);
        gateway.serve(
                "abandoned",
                exchange -> {
                    exchange.openStream();
                    try {
                        while (true) {
                            exchange.chunk(TOKEN + PLAIN);
                            LockSupport.parkNanos(1_000_000);
                        }
                    } catch (IOException e) {
                        hungUp.countDown();
                        throw e;
                    }
                });
        try (var stream = LiveStream.open(gateway, "abandoned")) {
            assertThat(stream.nextEvent()).startsWith("data: ");
        }
        assertThat(hungUp.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void passesAWholeAnswerOnAsItIs() throws Exception {
        String whole = "{\"id\": \"chatcmpl-1\",\n \"choices\":[]}";
        gateway.serve(
                "whole",
                exchange -> {
                    seen.set(exchange);
                    exchange.whole(200, "application/json", whole);
                });
        HttpResponse<String> answer = gateway.chat("whole", ",\"n\":1");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(whole);
        assertThat(seen.get().body).isEqualTo(StandaloneGateway.chatBody("whole", ",\"n\":1"));
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
    }

    @Test
    void streamsTextCompletionsOfAllFourPromptForms() throws Exception {
        gateway.serve("text", this::speak);
        for (String prompt : new String[] {"\"a b\"", "[\"a\",\"b\"]", "[1,2]", "[[1],[2,3]]"}) {
            HttpResponse<String> answer =
                    gateway.send(
                            gateway.post(
                                    "/v1/completions",
                                    "{\"model\":\"text\",\"stream\":true,\"prompt\":"
                                            + prompt
                                            + "}"));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).endsWith(DONE);
            assertThat(seen.get().path).isEqualTo("/v1/completions");
            assertThat(seen.get().body).contains("\"prompt\":" + prompt);
        }
    }
}
