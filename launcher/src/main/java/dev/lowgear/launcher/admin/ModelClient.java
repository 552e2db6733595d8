package dev.lowgear.launcher.admin;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.Optional;

/** Asks which learned model is in force. */
public final class ModelClient {
    private final JsonHttp http;

    /**
     * A client of the admin API.
     *
     * @param baseUrl such as {@code http://127.0.0.1:8083}
     */
    public ModelClient(String baseUrl) {
        http = new JsonHttp(baseUrl);
    }

    /**
     * A learned model.
     *
     * @param version counts from 1
     * @param r2 of iteration time on held-out telemetry
     * @param mape mean absolute percentage error on the same, as a share
     * @param priorMape that of the untrained prior on the same, as a share
     * @param samples it was trained on
     */
    public record Learned(long version, double r2, double mape, double priorMape, long samples) {}

    /** The model in force for the engines that serve a model; empty while none was learned. */
    public Optional<Learned> inForce(String servedModel) {
        try {
            for (var model : http.get("/api/v1/models?state=ACTIVE").body()) {
                if (model.path("servedModel").asString("").equals(servedModel)) {
                    return Optional.of(learned(model));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Learned learned(JsonNode model) {
        var quality = model.path("quality");
        return new Learned(
                model.path("version").asLong(0),
                quality.path("r2").asDouble(0),
                quality.path("mape").asDouble(0),
                quality.path("priorMape").asDouble(0),
                quality.path("samples").asLong(0));
    }
}
