package dev.lowgear.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Whatever comes in, what goes out is an error object with the right status, and never a 500. */
class BadInputTest {
    private final StandaloneGateway gateway = StandaloneGateway.shared();

    @BeforeEach
    void serveAModel() throws Exception {
        gateway.serve("real", exchange -> exchange.whole(200, "application/json", "{}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "-",
            textBlock =
                    """
                    ~~                                                     | 400 | -
                    nonsense                                               | 400 | -
                    [1]                                                    | 400 | -
                    {"messages":[{"role":"user"}]}                         | 400 | model
                    {"model":"real"}                                       | 400 | messages
                    {"model":"real","messages":[{"role":"user"}],"n":-1}   | 400 | n
                    {"model":"none","messages":[{"role":"user"}]}          | 404 | model
                    """)
    void answersABadChatBody(String body, int status, String parameter) throws Exception {
        HttpResponse<String> answer = gateway.send(gateway.post("/v1/chat/completions", body));
        JsonNode error = error(answer, status);
        assertThat(error.get("param").isNull() ? null : error.get("param").asString())
                .isEqualTo(parameter);
        assertThat(error.get("type").asString()).isEqualTo("invalid_request_error");
    }

    @Test
    void namesTheModelThatNobodyServes() throws Exception {
        JsonNode error = error(gateway.chat("gpt-\\\"x\\\"", ""), 404);
        assertThat(error.get("code").asString()).isEqualTo("model_not_found");
        assertThat(error.get("message").asString()).contains("gpt-\"x\"");
        assertThat(error(gateway.get("/v1/models/none/of/these"), 404).get("code").asString())
                .isEqualTo("model_not_found");
    }

    @Test
    void refusesABodyThatIsTooLargeWhetherOrNotItSaysSo() throws Exception {
        String large = StandaloneGateway.chatBody("real", ",\"x\":\"" + "x".repeat(70_000) + "\"");
        HttpRequest.BodyPublisher unannounced =
                HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8)));
        error(gateway.send(gateway.post("/v1/chat/completions", large)), 413);
        error(
                gateway.send(
                        gateway.request("/v1/chat/completions")
                                .header("content-type", "application/json")
                                .POST(unannounced)),
                413);
    }

    @Test
    void answersTheWrongMethodWithTheRightOne() throws Exception {
        HttpResponse<String> get = gateway.get("/v1/chat/completions");
        error(get, 405);
        assertThat(get.headers().firstValue("allow")).hasValue("POST");
        error(gateway.send(gateway.post("/v1/models", "{}")), 405);
        error(gateway.send(gateway.request("/v1/completions").DELETE()), 405);
    }

    @Test
    void refusesAnSloThatIsNone() throws Exception {
        HttpRequest.Builder request =
                gateway.post("/v1/chat/completions", StandaloneGateway.chatBody("real", ""));
        JsonNode error = error(gateway.send(request.header("x-slo-ttft-ms", "soon")), 400);
        assertThat(error.get("param").asString()).isEqualTo("x-slo-ttft-ms");
    }

    @ParameterizedTest
    @CsvSource({"-1,", "abc,", "5,12345"})
    void answersABodyOfTheWrongLength(String length, String body) throws Exception {
        String answer =
                RawHttp.exchange(
                        gateway.port(),
                        "POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                                + "Content-Length: "
                                + length
                                + "\r\n\r\n"
                                + body);
        assertThat(answer).startsWith("HTTP/1.1 400 ").doesNotContain("<html");
    }

    @Test
    void survivesAClientThatGoesAwayInItsOwnBody() throws Exception {
        try (var socket = RawHttp.open(gateway.port())) {
            socket.getOutputStream()
                    .write(
                            "POST /v1/completions HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{"
                                    .getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(gateway.chat("real", "").statusCode()).isEqualTo(200);
    }

    @Test
    void letsNoPageOfAnotherOriginUseABrowserHere() throws Exception {
        HttpRequest.Builder foreign =
                gateway.post("/v1/chat/completions", StandaloneGateway.chatBody("real", ""))
                        .header("origin", "https://elsewhere.example");
        error(gateway.send(foreign), 403);
        HttpRequest.Builder own =
                gateway.post("/v1/chat/completions", StandaloneGateway.chatBody("real", ""))
                        .header("origin", "http://127.0.0.1:" + gateway.port());
        assertThat(gateway.send(own).statusCode()).isEqualTo(200);
    }

    @Test
    void answersTheAdminApiWithProblems() throws Exception {
        problem(gateway.get("/api/v1/nothing"), 404);
        problem(gateway.get("/api/v1/agents/nobody/engines"), 404);
        problem(gateway.send(gateway.post("/api/v1/agents", "{}")), 405);
        problem(gateway.get("/api/v1/slo-policies"), 503);
        problem(gateway.get("/api/v1/models"), 503);
        problem(gateway.get("/api/v1/tenants"), 503);
        problem(gateway.send(gateway.post("/api/v1/tenants", "{\"name\":\"a b\"}")), 422);
        problem(gateway.send(gateway.post("/api/v1/keys", "{")), 400);
        problem(gateway.send(gateway.post("/api/v1/keys", "{\"role\":\"KING\"}")), 400);
        problem(gateway.send(gateway.request("/api/v1/keys/7").DELETE()), 400);
    }

    private static JsonNode error(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("x-request-id")).isPresent();
        JsonNode error = JsonMapper.shared().readTree(answer.body()).get("error");
        assertThat(error.propertyNames()).containsExactly("message", "type", "param", "code");
        return error;
    }

    private static void problem(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValue("application/problem+json");
        JsonNode problem = JsonMapper.shared().readTree(answer.body());
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("detail").asString()).isNotBlank().doesNotContain("Exception");
    }
}
