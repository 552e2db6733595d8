package dev.lowgear.agent.engine;

import tools.jackson.databind.JsonNode;

import java.time.Duration;

/**
 * One request on its way into an engine.
 *
 * @param requestId unique while it lives
 * @param promptTokens at least 1
 * @param maxTokens most tokens to generate, at least 1; within the model's window
 * @param minTokens fewest tokens to generate
 * @param terms what it was promised
 * @param waited how long it has waited at the gateway already
 * @param body the client's own body, for the engine alone
 */
public record EngineRequest(
        String requestId,
        int promptTokens,
        int maxTokens,
        int minTokens,
        RequestTerms terms,
        Duration waited,
        JsonNode body) {}
