package dev.lowgear.launcher.admin;

import dev.lowgear.infrastructure.process.ChildProcessException;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Requests with JSON bodies to one service. */
final class JsonHttp {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();

    private final JsonMapper json = JsonMapper.builder().build();
    private final String baseUrl;

    JsonHttp(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    /**
     * What the service answers.
     *
     * @param status HTTP status
     * @param body its JSON, or its text as a JSON string
     */
    record Answer(int status, JsonNode body) {}

    Answer get(String path) throws IOException {
        return send(request(path).GET().build());
    }

    Answer post(String path, JsonNode body) throws IOException {
        return send(
                request(path)
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
                        .build());
    }

    /** Replaces what is at the path, whatever its revision is. */
    Answer put(String path, JsonNode body) throws IOException {
        return send(
                request(path)
                        .header("content-type", "application/json")
                        .header("if-match", "*")
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
                        .build());
    }

    /** Deletes what is at the path, whatever its revision is. */
    Answer delete(String path) throws IOException {
        return send(request(path).header("if-match", "*").DELETE().build());
    }

    JsonMapper json() {
        return json;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(baseUrl + path)).timeout(Duration.ofSeconds(10));
    }

    private Answer send(HttpRequest request) throws IOException {
        try {
            var answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(answer.statusCode(), json.readTree(answer.body()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChildProcessException("interrupted while asking " + request.uri(), e);
        } catch (JacksonException e) {
            throw new IOException(request.uri() + " did not answer with JSON", e);
        }
    }
}
