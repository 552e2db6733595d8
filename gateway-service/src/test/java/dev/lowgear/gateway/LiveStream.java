package dev.lowgear.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** A stream that is read while it is written; closing it is what a client does that goes away. */
final class LiveStream implements AutoCloseable {
    private final HttpClient client;
    private final HttpResponse<InputStream> response;
    private final BufferedReader reader;

    private LiveStream(HttpClient client, HttpResponse<InputStream> response) {
        this.client = client;
        this.response = response;
        reader = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    static LiveStream open(StandaloneGateway gateway, String model) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        return new LiveStream(
                client,
                client.send(
                        gateway.post(
                                        "/v1/chat/completions",
                                        StandaloneGateway.chatBody(model, ",\"stream\":true"))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream()));
    }

    int status() {
        return response.statusCode();
    }

    /** The next event without its blank line; "null" at the end. */
    String nextEvent() throws IOException {
        String event = reader.readLine();
        if (event != null) {
            reader.readLine();
        }
        return String.valueOf(event);
    }

    @Override
    public void close() throws IOException {
        response.body().close();
        client.shutdownNow();
    }
}
