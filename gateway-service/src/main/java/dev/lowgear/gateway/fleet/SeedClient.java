package dev.lowgear.gateway.fleet;

import dev.lowgear.core.fleet.AgentId;
import dev.lowgear.gateway.GatewayProperties;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Asks the agents that are configured for their engines, again and again, so that a gateway finds
 * them without a broker too.
 */
class SeedClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SeedClient.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final JsonMapper MAPPER =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private final Fleet fleet;
    private final GatewayProperties.Agent seed;
    private final Duration every;
    private final HttpClient http;
    private final CountDownLatch closing = new CountDownLatch(1);
    private boolean answering = true;

    SeedClient(Fleet fleet, GatewayProperties.Agent seed, Duration every, HttpClient http) {
        this.fleet = fleet;
        this.seed = seed;
        this.every = every;
        this.http = http;
    }

    void start() {
        Thread.ofVirtual().name("seed-" + seed.id()).start(this::run);
    }

    private void run() {
        try {
            do {
                ask();
            } while (!closing.await(every.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask() throws InterruptedException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(base() + "/api/v1/engines"))
                            .timeout(PATIENCE)
                            .build();
            var answer = http.send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IOException("status " + answer.statusCode());
            }
            fleet.asked(
                    new AgentId(seed.id()),
                    seed.url(),
                    List.of(MAPPER.readValue(answer.body(), PolledEngine[].class)),
                    System.nanoTime());
            note(true, "");
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            note(false, e.toString());
        }
    }

    private String base() {
        String url = seed.url().toString();
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private void note(boolean answers, String reason) {
        if (answers != answering) {
            if (answers) {
                LOG.info("agent answers again agent={}", seed.id());
            } else {
                LOG.warn("agent does not answer agent={} reason={}", seed.id(), reason);
            }
        }
        answering = answers;
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
