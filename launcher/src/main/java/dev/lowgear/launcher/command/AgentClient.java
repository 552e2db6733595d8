package dev.lowgear.launcher.command;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** Asks the agent about its engines. */
final class AgentClient {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(1))
                    .build();

    private final HttpRequest request;

    private AgentClient(HttpRequest request) {
        this.request = request;
    }

    /**
     * What the agent says about an engine.
     *
     * @param engineId engine
     * @param profile {@code <model>/<gpu>/tp<n>}
     * @param state {@code starting}, {@code ready}, {@code draining} or {@code stopped}
     * @param measuredClockMhz SM clock read back
     * @param uptimeMillis since its start
     * @param energy metered
     * @param served requests and tokens
     * @param control what the scheduler told it
     */
    record Engine(
            String engineId,
            String profile,
            String state,
            int measuredClockMhz,
            long uptimeMillis,
            Energy energy,
            Served served,
            Control control) {}

    /**
     * Metered energy.
     *
     * @param joules of all its GPUs since its start
     * @param clockSeconds integral of the measured clock, MHz·s
     */
    record Energy(double joules, double clockSeconds) {}

    /**
     * What it served.
     *
     * @param outputTokens generated
     * @param completed requests
     */
    record Served(long outputTokens, long completed) {}

    /**
     * What it was told.
     *
     * @param directives gears set
     */
    record Control(long directives) {}

    static AgentClient at(String url) {
        return new AgentClient(
                HttpRequest.newBuilder(URI.create(url + "/api/v1/engines"))
                        .timeout(Duration.ofSeconds(3))
                        .build());
    }

    /** All engines; none when the agent does not answer. */
    List<Engine> engines() {
        try {
            var answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return answer.statusCode() == 200
                    ? JSON.readValue(answer.body(), new TypeReference<List<Engine>>() {})
                    : List.of();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
