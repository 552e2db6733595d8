package dev.lowgear.launcher.endtoend;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A client that streams one chat completion over a connection of its own, and believes nothing: an
 * answer counts as complete only with every token, a finish reason and {@code [DONE]}.
 */
final class StreamingClient {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration HUNG_AFTER = Duration.ofSeconds(75);
    private static final String DATA = "data: ";

    private final String gatewayUrl;
    private final String model;
    private final int tokens;

    /**
     * A client whose every answer has that many tokens.
     *
     * @param gatewayUrl such as {@code http://127.0.0.1:8080}
     */
    StreamingClient(String gatewayUrl, String model, int tokens) {
        this.gatewayUrl = gatewayUrl;
        this.model = model;
        this.tokens = tokens;
    }

    Ending ask() {
        try {
            var connection = open();
            int status = connection.getResponseCode();
            return status == 200
                    ? streamed(connection.getInputStream())
                    : refused(connection.getErrorStream());
        } catch (ConnectException e) {
            return Ending.UNREACHABLE;
        } catch (SocketTimeoutException e) {
            return Ending.HUNG;
        } catch (IOException e) {
            return Ending.CUT;
        }
    }

    private HttpURLConnection open() throws IOException {
        var body =
                """
                {"model": "%s", "max_tokens": 2048, "stream": true,
                 "messages": [{"role": "user", "content": "one two three"}],
                 "lowgear_simulated_output_tokens": %d}
                """
                        .formatted(model, tokens)
                        .getBytes(StandardCharsets.UTF_8);
        var url = URI.create(gatewayUrl + "/v1/chat/completions").toURL();
        var connection = (HttpURLConnection) url.openConnection();
        connection.setConnectTimeout(Math.toIntExact(HUNG_AFTER.toMillis()));
        connection.setReadTimeout(Math.toIntExact(HUNG_AFTER.toMillis()));
        connection.setRequestProperty("content-type", "application/json");
        connection.setRequestProperty("connection", "close");
        connection.setDoOutput(true);
        // With its length known beforehand the request is never sent a second time behind our back.
        connection.setFixedLengthStreamingMode(body.length);
        connection.getOutputStream().write(body);
        return connection;
    }

    private static Ending refused(InputStream body) throws IOException {
        try (body) {
            return isError(JSON.readTree(body.readAllBytes())) ? Ending.REFUSED : Ending.MALFORMED;
        } catch (JacksonException e) {
            return Ending.MALFORMED;
        }
    }

    private Ending streamed(InputStream body) throws IOException {
        int count = 0;
        boolean finished = false;
        boolean failed = false;
        try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith(DATA)) {
                    continue;
                }
                if (line.equals(DATA + "[DONE]")) {
                    if (failed) {
                        return Ending.ERROR_EVENT;
                    }
                    return finished && count == tokens ? Ending.COMPLETED : Ending.MALFORMED;
                }
                var event = JSON.readTree(line.substring(DATA.length()));
                if (event.has("error")) {
                    if (!isError(event)) {
                        return Ending.MALFORMED;
                    }
                    failed = true;
                }
                var choice = event.path("choices").path(0);
                if (!choice.path("delta").path("content").asString("").isEmpty()) {
                    count++;
                }
                finished |= choice.path("finish_reason").isString();
            }
        } catch (JacksonException e) {
            return Ending.MALFORMED;
        }
        return failed ? Ending.ERROR_EVENT : Ending.CUT;
    }

    private static boolean isError(JsonNode body) {
        var error = body.path("error");
        return error.path("message").isString()
                && error.path("type").isString()
                && error.has("param")
                && error.has("code");
    }
}
