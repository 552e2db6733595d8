package dev.lowgear.launcher.part;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a service whether it is ready, or at least alive. */
final class Health {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(1))
                    .build();

    private final HttpRequest readiness;
    private final HttpRequest liveness;

    Health(int port) {
        readiness = request(port, "readiness", Duration.ofSeconds(5));
        liveness = request(port, "liveness", Duration.ofSeconds(1));
    }

    private static HttpRequest request(int port, String probe, Duration timeout) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d/actuator/health/%s".formatted(port, probe)))
                .timeout(timeout)
                .build();
    }

    /** Whether it serves what it is there for. */
    boolean isReady() throws InterruptedException {
        return isUp(readiness);
    }

    /** Whether its process works, whatever it waits for. */
    boolean isAlive() throws InterruptedException {
        return isUp(liveness);
    }

    private static boolean isUp(HttpRequest request) throws InterruptedException {
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false; // not listening yet, or too busy to answer
        }
    }
}
