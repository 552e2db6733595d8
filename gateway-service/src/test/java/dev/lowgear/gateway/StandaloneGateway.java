package dev.lowgear.gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/**
 * One gateway for all tests that need neither broker nor database: both are away, as they may be in
 * production. Two fake agents are behind it, found because they are configured.
 */
final class StandaloneGateway {
    static final int MAXIMUM_BODY = 64 * 1024;
    static final int QUEUE_CAPACITY = 3;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final class Holder {
        static final StandaloneGateway SHARED = new StandaloneGateway();
    }

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final FakeAgent first = FakeAgent.start();
    private final FakeAgent second = FakeAgent.start();
    private final int port;

    private StandaloneGateway() {
        SpringApplication application = new SpringApplication(GatewayApplication.class);
        var context =
                (WebServerApplicationContext)
                        application.run(
                                "--server.port=0",
                                "--spring.kafka.bootstrap-servers=127.0.0.1:1",
                                "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/nowhere",
                                "--lowgear.gateway.access.remembered-in=" + temporaryFile(),
                                "--lowgear.gateway.maximum-body=" + MAXIMUM_BODY + "B",
                                "--lowgear.gateway.poll-interval=50ms",
                                "--lowgear.gateway.queue.capacity=" + QUEUE_CAPACITY,
                                "--lowgear.gateway.queue.longest-wait=4s",
                                "--lowgear.gateway.queue.commit-after=300ms",
                                "--lowgear.gateway.agents[0].id=node-1",
                                "--lowgear.gateway.agents[0].url=" + first.url(),
                                "--lowgear.gateway.agents[1].id=node-2",
                                "--lowgear.gateway.agents[1].url=" + second.url());
        port = Objects.requireNonNull(context.getWebServer()).getPort();
    }

    private static Path temporaryFile() {
        try {
            return Files.createTempDirectory("gateway").resolve("keys.json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static StandaloneGateway shared() {
        return Holder.SHARED;
    }

    int port() {
        return port;
    }

    /** Serves a model of its own on the first agent, and waits until the gateway knows it. */
    void serve(String model, FakeAgent.Script script) throws Exception {
        first.serve(model, script);
        awaitModel(model);
    }

    /** Serves a model on both agents. */
    void serveTwice(String model, FakeAgent.Script one, FakeAgent.Script other) throws Exception {
        first.serve(model, one);
        second.serve(model, other);
        awaitModel(model);
        await(() -> get("/api/v1/agents").body().matches(".*" + model + "-.*" + model + "-.*"));
    }

    private void awaitModel(String model) throws Exception {
        await(() -> get("/v1/models/" + model).statusCode() == 200);
    }

    /** Asks again until it is so. */
    static void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("did not become so within " + PATIENCE);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE);
    }

    HttpRequest.Builder post(String path, String body) {
        return request(path)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    /** A chat completion with these further fields of the body. */
    HttpResponse<String> chat(String model, String more) throws Exception {
        return send(post("/v1/chat/completions", chatBody(model, more)));
    }

    static String chatBody(String model, String more) {
        return "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]%s}"
                .formatted(model, more);
    }
}
