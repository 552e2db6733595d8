package dev.lowgear.gateway.web;

import dev.lowgear.gateway.openai.OpenAiError;

import jakarta.servlet.http.HttpServletResponse;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes whole answers: OpenAI errors, problems, JSON. */
public final class Answers {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Answers() {}

    /** An OpenAI error. */
    public static void error(HttpServletResponse response, OpenAiError error) throws IOException {
        Duration retryAfter = error.retryAfter();
        if (retryAfter != null) {
            long millis = Math.max(1, retryAfter.toMillis());
            response.setHeader("retry-after", Long.toString((millis + 999) / 1000));
            response.setHeader("retry-after-ms", Long.toString(millis));
        }
        json(response, error.status(), "application/json", error.body());
    }

    /** A problem as RFC 9457 has it. */
    public static void problem(
            HttpServletResponse response, int status, String title, String detail)
            throws IOException {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "about:blank");
        problem.put("title", title);
        problem.put("status", status);
        problem.put("detail", detail);
        json(response, status, "application/problem+json", MAPPER.writeValueAsBytes(problem));
    }

    /** A value as JSON. */
    public static void json(HttpServletResponse response, Object value) throws IOException {
        json(response, 200, "application/json", MAPPER.writeValueAsBytes(value));
    }

    private static void json(
            HttpServletResponse response, int status, String contentType, byte[] body)
            throws IOException {
        response.setStatus(status);
        response.setContentType(contentType);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
