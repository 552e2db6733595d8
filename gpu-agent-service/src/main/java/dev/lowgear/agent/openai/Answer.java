package dev.lowgear.agent.openai;

import dev.lowgear.contract.AgentHeaders;

import jakarta.servlet.http.HttpServletResponse;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.time.Duration;

/** One HTTP answer, before or after it is committed. */
record Answer(HttpServletResponse response) {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    void error(int status, OpenAiError error) throws IOException {
        response.setStatus(status);
        json(MAPPER.writeValueAsBytes(error));
    }

    void full(Duration wait, String reason) throws IOException {
        response.setHeader(AgentHeaders.FULL_WAIT_MILLIS, Long.toString(wait.toMillis()));
        shed(wait, reason);
    }

    void shed(Duration retryAfter, String reason) throws IOException {
        long millis = Math.max(1, retryAfter.toMillis());
        response.setHeader("retry-after", Long.toString((millis + 999) / 1000));
        response.setHeader("retry-after-ms", Long.toString(millis));
        error(TOO_MANY_REQUESTS, OpenAiError.overloaded(reason));
    }

    void json(byte[] body) throws IOException {
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    void openStream() {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("text/event-stream; charset=utf-8");
        response.setHeader("cache-control", "no-cache");
        response.setHeader("x-accel-buffering", "no");
    }

    void send(byte[] bytes) throws IOException {
        if (bytes.length > 0) {
            response.getOutputStream().write(bytes);
            response.getOutputStream().flush();
        }
    }
}
