package dev.lowgear.launcher.admin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Asks the gateway which models it serves. */
public final class GatewayClient {
    private final JsonHttp http;

    /**
     * A client of a gateway.
     *
     * @param baseUrl such as {@code http://127.0.0.1:8080}
     */
    public GatewayClient(String baseUrl) {
        http = new JsonHttp(baseUrl);
    }

    /** The names of the models that are served now. */
    public List<String> models() throws IOException {
        var names = new ArrayList<String>();
        for (var model : http.get("/v1/models").body().path("data")) {
            names.add(model.path("id").asString(""));
        }
        return names;
    }
}
