package dev.lowgear.launcher.chat;

import dev.lowgear.simulator.trace.TraceRequest;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;

/**
 * A client of the OpenAI API that streams one chat completion per call and notes when each token
 * arrives. The prompt is as many words as the trace says tokens; how long the answer will be
 * travels in a field that nobody but the simulated engine reads.
 */
public final class ChatClient {
    private static final int MAX_TOKENS = 2_048;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String DATA = "data: ";
    private static final String DONE = "[DONE]";

    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private final URI completions;

    public ChatClient(String gatewayUrl) {
        completions = URI.create(gatewayUrl + "/v1/chat/completions");
    }

    /** Sends a request and reads its answer to the end. */
    public Outcome complete(String model, TraceRequest request) throws InterruptedException {
        var http =
                HttpRequest.newBuilder(completions)
                        .timeout(PATIENCE)
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body(model, request)))
                        .build();
        long sentNanos = System.nanoTime();
        try {
            var response = client.send(http, HttpResponse.BodyHandlers.ofInputStream());
            try (var lines =
                    new BufferedReader(
                            new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                if (response.statusCode() != 200) {
                    lines.transferTo(Writer.nullWriter());
                    return new Outcome.Failed("HTTP " + response.statusCode());
                }
                return read(lines, sentNanos);
            }
        } catch (IOException e) {
            return new Outcome.Failed(e.getClass().getSimpleName());
        }
    }

    private byte[] body(String model, TraceRequest request) {
        var body = json.createObjectNode();
        body.put("model", model);
        body.put("stream", true);
        body.putObject("stream_options").put("include_usage", true);
        body.put("max_tokens", MAX_TOKENS);
        body.put("lowgear_simulated_output_tokens", Math.min(request.outputTokens(), MAX_TOKENS));
        body.putArray("messages")
                .addObject()
                .put("role", "user")
                .put("content", "word ".repeat(request.promptTokens()).stripTrailing());
        return json.writeValueAsBytes(body);
    }

    private Outcome read(BufferedReader lines, long sentNanos) throws IOException {
        var answer = new Answer();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.startsWith(DATA)) {
                continue; // comments and blank lines between events
            }
            var event = line.substring(DATA.length());
            if (event.equals(DONE)) {
                return answer.outcome(sentNanos, System.nanoTime());
            }
            try {
                answer.take(json.readTree(event), System.nanoTime());
            } catch (JacksonException e) {
                return new Outcome.Failed("an event that is no JSON");
            }
        }
        return new Outcome.Failed("broken off");
    }

    /** What has been read of one answer. */
    private static final class Answer {
        private long[] tokenNanos = new long[256];
        private int count;
        private int usage;
        private @Nullable String finish;
        private @Nullable String error;

        void take(JsonNode event, long nanos) {
            if (event.has("error")) {
                error = event.path("error").path("code").asString("error event");
            }
            var usageNode = event.path("usage").path("completion_tokens");
            if (usageNode.isIntegralNumber()) {
                usage = usageNode.intValue();
            }
            var choice = event.path("choices").path(0);
            if (!choice.path("delta").path("content").asString("").isEmpty()) {
                if (count == tokenNanos.length) {
                    tokenNanos = Arrays.copyOf(tokenNanos, 2 * count);
                }
                tokenNanos[count++] = nanos;
            }
            if (choice.path("finish_reason").isString()) {
                finish = choice.path("finish_reason").asString();
            }
        }

        Outcome outcome(long sentNanos, long endNanos) {
            if (error != null) {
                return new Outcome.Failed(error);
            }
            if (finish == null || count == 0) {
                return new Outcome.Failed("ended without a finish reason");
            }
            return new Outcome.Completed(
                    new StreamTimes(sentNanos, Arrays.copyOf(tokenNanos, count), endNanos),
                    Math.max(usage, count));
        }
    }
}
