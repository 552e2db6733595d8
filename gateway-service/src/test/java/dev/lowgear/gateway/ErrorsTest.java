package dev.lowgear.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;

class ErrorsTest {
    private final StandaloneGateway gateway = StandaloneGateway.shared();

    @Test
    void isReadyWithoutBrokerDatabaseAndAgents() throws Exception {
        assertThat(gateway.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/health").body()).isEmpty();
        assertThat(gateway.get("/actuator/prometheus").body()).contains("jvm_info");
    }

    @Test
    void answersUnknownPathsAndMethodsInTheFormOfTheirApi() throws Exception {
        HttpResponse<String> openAi = gateway.get("/v1/nothing");
        assertThat(openAi.statusCode()).isEqualTo(404);
        assertThat(openAi.body())
                .isEqualTo(
                        "{\"error\":{\"message\":\"Invalid URL (GET /v1/nothing)\","
                                + "\"type\":\"invalid_request_error\",\"param\":null,"
                                + "\"code\":\"unknown_url\"}}");
        HttpResponse<String> other = gateway.get("/nothing");
        assertThat(other.statusCode()).isEqualTo(404);
        assertThat(other.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(other.headers().firstValue("x-request-id")).isPresent();
    }

    @Test
    void answersARequestLineThatIsNoneWithAnErrorObject() throws Exception {
        String answer = RawHttp.exchange(gateway.port(), "GET /v1/\\ HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400 ");
        assertThat(answer).containsIgnoringCase("x-request-id: req_").contains("{\"error\":{");
        assertThat(answer).doesNotContain("<html").doesNotContain("Tomcat");
    }

    @Test
    void echoesASafeRequestIdAndReplacesAnUnsafeOne() throws Exception {
        assertThat(requestId("mine-1")).isEqualTo("mine-1");
        assertThat(requestId("not safe")).startsWith("req_");
    }

    @Test
    void describesItsApi() throws Exception {
        assertThat(gateway.get("/openapi.json").body())
                .contains("\"openapi\":\"3.1")
                .contains(
                        "/v1/chat/completions",
                        "/v1/models",
                        "/api/v1/keys",
                        "/api/v1/slo-policies",
                        "/health/ready");
    }

    private String requestId(String asked) throws Exception {
        return gateway.send(gateway.request("/health").header("x-request-id", asked))
                .headers()
                .firstValue("x-request-id")
                .orElseThrow();
    }
}
