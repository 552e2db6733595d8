package dev.lowgear.launcher.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Sends requests of the soak, and judges what comes back. */
final class SoakClient {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String DONE = "data: [DONE]";
    private static final String ERROR = "data: {\"error\"";

    private final URI completions;
    private final SoakTally tally;

    SoakClient(String gatewayUrl, SoakTally tally) {
        completions = URI.create(gatewayUrl + "/v1/chat/completions");
        this.tally = tally;
    }

    /** Sends one and returns when it has ended, however that is. */
    void send(HttpClient http, SoakRequest request) throws InterruptedException {
        var builder =
                HttpRequest.newBuilder(completions)
                        .timeout(PATIENCE)
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(request.body()));
        request.headers().forEach(builder::header);
        try {
            var response = http.send(builder.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                judge(request, response.statusCode(), body);
            }
        } catch (IOException e) {
            tally.wrong(request.kind() + ": " + e);
        }
    }

    private void judge(SoakRequest request, int status, InputStream body) throws IOException {
        switch (request.kind()) {
            case MALFORMED -> refusal(request, status, 400);
            case STRANGE_MODEL -> refusal(request, status, 404);
            case STREAM, WHOLE, LEAVES -> {
                if (status == 429 || status == 503) {
                    tally.refused();
                } else if (status != 200) {
                    tally.wrong(request.kind() + ": HTTP " + status);
                } else if (request.kind() == SoakRequest.Kind.WHOLE) {
                    whole(body);
                } else {
                    stream(request, body);
                }
            }
        }
    }

    private void refusal(SoakRequest request, int status, int right) {
        if (status == right) {
            tally.refusedRightly();
        } else {
            tally.wrong(request.kind() + ": HTTP " + status);
        }
    }

    private void whole(InputStream body) throws IOException {
        var text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        if (text.contains("\"finish_reason\":\"stop\"")) {
            tally.answered();
        } else {
            tally.wrong("WHOLE: an answer without its end");
        }
    }

    private void stream(SoakRequest request, InputStream body) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        int events = 0;
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(ERROR)) {
                tally.wrong(request.kind() + ": " + line);
                return;
            }
            if (line.equals(DONE)) {
                tally.answered();
                return;
            }
            if (line.startsWith("data: ")
                    && request.kind() == SoakRequest.Kind.LEAVES
                    && ++events >= request.tokensRead()) {
                tally.left();
                return; // closing the body closes the connection
            }
        }
        tally.wrong(request.kind() + ": broken off");
    }
}
