package dev.lowgear.launcher.admin;

import tools.jackson.core.type.TypeReference;

import java.io.IOException;
import java.util.List;

/** Asks the agent about its engines. */
public final class AgentClient {
    private final JsonHttp http;

    /**
     * A client of an agent.
     *
     * @param baseUrl such as {@code http://127.0.0.1:8081}
     */
    public AgentClient(String baseUrl) {
        http = new JsonHttp(baseUrl);
    }

    /**
     * What the agent says about an engine.
     *
     * @param engineId engine
     * @param servedModel model name as clients know it
     * @param profile {@code <model>/<gpu>/tp<n>}
     * @param state {@code starting}, {@code ready}, {@code draining} or {@code stopped}
     * @param measuredClockMhz SM clock read back
     * @param uptimeMillis since its start
     * @param energy metered
     * @param served requests and tokens
     * @param control what the scheduler told it
     */
    public record Engine(
            String engineId,
            String servedModel,
            String profile,
            String state,
            int measuredClockMhz,
            long uptimeMillis,
            Energy energy,
            Served served,
            Control control) {}

    /**
     * Metered energy since its start.
     *
     * @param joules of all its GPUs
     * @param clockSeconds integral of the measured clock, MHz·s
     */
    public record Energy(double joules, double clockSeconds) {}

    /**
     * What it served since its start.
     *
     * @param outputTokens generated
     * @param completed requests
     */
    public record Served(long outputTokens, long completed) {}

    /**
     * What it was told since its start.
     *
     * @param directives gears set
     */
    public record Control(long directives) {}

    /**
     * All engines, at one instant.
     *
     * @throws IOException when the agent does not answer
     */
    public List<Engine> engines() throws IOException {
        var answer = http.get("/api/v1/engines");
        if (answer.status() != 200) {
            throw new IOException("the agent answered " + answer.status() + ": " + answer.body());
        }
        return http.json().treeToValue(answer.body(), new TypeReference<List<Engine>>() {});
    }
}
