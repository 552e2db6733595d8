package dev.lowgear.gateway;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How the gateway behaves.
 *
 * @param agents agents known from the start; others announce themselves on {@code lowgear.agents}
 * @param pollInterval how often the agents above are asked for their engines
 * @param agentSilence how long an agent may stay silent before it gets no more requests
 * @param schedulerUrl owner of policies, engines and decisions
 * @param modelServiceUrl owner of models and performance tables
 * @param maximumBody largest request body
 * @param routing how an engine is chosen
 * @param queue the queue of each model's engines
 * @param timeouts of the hop to the agents and to the owners of the admin API
 * @param eventQueue request events that may wait for the broker before they are dropped and counted
 */
@Validated
@ConfigurationProperties("lowgear.gateway")
public record GatewayProperties(
        @DefaultValue @Valid List<Agent> agents,
        @DefaultValue("2s") Duration pollInterval,
        @DefaultValue("10s") Duration agentSilence,
        @DefaultValue("http://127.0.0.1:8082") URI schedulerUrl,
        @DefaultValue("http://127.0.0.1:8083") URI modelServiceUrl,
        @DefaultValue("8MB") DataSize maximumBody,
        @DefaultValue("least-loaded") Routing routing,
        @DefaultValue @Valid Queue queue,
        @DefaultValue @Valid Timeouts timeouts,
        @DefaultValue("10000") @Min(100) @Max(10_000_000) int eventQueue) {

    public GatewayProperties {
        agents = List.copyOf(agents);
        requirePositive("poll-interval", pollInterval);
        requirePositive("agent-silence", agentSilence);
        if (maximumBody.toBytes() < 1 || maximumBody.toMegabytes() > 1024) {
            throw new IllegalArgumentException(
                    "lowgear.gateway.maximum-body: 1B to 1024MB, got " + maximumBody);
        }
    }

    /**
     * An agent to ask.
     *
     * @param id agent id
     * @param url base URL of its HTTP API
     */
    public record Agent(
            @NotNull @Pattern(regexp = "[A-Za-z0-9._-]{1,128}") String id, @NotNull URI url) {}

    /** How an engine is chosen among those that serve a model. */
    public enum Routing {
        LEAST_LOADED,
        ROUND_ROBIN
    }

    /**
     * The queue in front of the engines of one model.
     *
     * @param capacity requests that may wait; more are refused with 429
     * @param ageing a waiting request rises by one priority each time so long has passed
     * @param longestWait a request that waited so long is given up with 503
     * @param commitAfter a stream that waited so long is opened, so that nothing in between gives
     *     up; its errors become events
     * @param probeInterval after an engine was full, the next request follows the last one when
     *     that was started or so long has passed
     * @param longestRetry a full engine is asked again at the latest after so long
     */
    public record Queue(
            @DefaultValue("1000") @Min(1) @Max(1_000_000) int capacity,
            @DefaultValue("10s") Duration ageing,
            @DefaultValue("5m") Duration longestWait,
            @DefaultValue("10s") Duration commitAfter,
            @DefaultValue("50ms") Duration probeInterval,
            @DefaultValue("2s") Duration longestRetry) {
        public Queue {
            requirePositive("queue.ageing", ageing);
            requirePositive("queue.longest-wait", longestWait);
            requirePositive("queue.commit-after", commitAfter);
            requirePositive("queue.probe-interval", probeInterval);
            requirePositive("queue.longest-retry", longestRetry);
        }
    }

    /**
     * How long the gateway waits for others.
     *
     * @param connect for a connection
     * @param streamIdle between two reads of a stream, and for its first byte
     * @param answer for an answer that is not streamed
     * @param owner for an owner of the admin API
     */
    public record Timeouts(
            @DefaultValue("1s") Duration connect,
            @DefaultValue("2m") Duration streamIdle,
            @DefaultValue("10m") Duration answer,
            @DefaultValue("30s") Duration owner) {
        public Timeouts {
            requirePositive("timeouts.connect", connect);
            requirePositive("timeouts.stream-idle", streamIdle);
            requirePositive("timeouts.answer", answer);
            requirePositive("timeouts.owner", owner);
        }
    }

    private static void requirePositive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(
                    "lowgear.gateway." + key + ": a positive duration, got " + value);
        }
    }
}
