package dev.lowgear.launcher.admin;

import dev.lowgear.contract.SloPolicyMessage;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.Optional;

/** Reads and creates SLO policies through the admin API. */
public final class PolicyClient {
    private static final String POLICIES = "/api/v1/slo-policies";

    private final JsonHttp http;

    /**
     * A client of the admin API.
     *
     * @param baseUrl such as {@code http://127.0.0.1:8080}
     */
    public PolicyClient(String baseUrl) {
        http = new JsonHttp(baseUrl);
    }

    /** The policy of that name, if there is one. */
    public Optional<SloPolicyMessage> find(String name) throws IOException {
        var answer = http.get(POLICIES + "/" + name);
        return switch (answer.status()) {
            case 200 -> Optional.of(http.json().treeToValue(answer.body(), SloPolicyMessage.class));
            case 404 -> Optional.empty();
            default -> throw unexpected(answer);
        };
    }

    /**
     * Creates a policy with the targets of another and no saving of energy, for the requests of one
     * model: the maximum clock, pace 0.
     */
    public void createControl(String name, String model, SloPolicyMessage like) throws IOException {
        var policy = http.json().createObjectNode();
        policy.put("name", name);
        policy.put("model", model);
        putTarget(policy, "ttftMillis", like.ttftMillis());
        putTarget(policy, "tbtMeanMillis", like.tbtMeanMillis());
        putTarget(policy, "tbtTailMillis", like.tbtTailMillis());
        putTarget(policy, "e2eMillis", like.e2eMillis());
        policy.put("attainment", like.attainment());
        policy.put("energyMode", "off");
        var answer = http.post(POLICIES, policy);
        if (answer.status() != 201 && answer.status() != 200) {
            throw unexpected(answer);
        }
    }

    /**
     * Creates a policy for requests of a class, or replaces the one of that name.
     *
     * @param name of the policy, and of the class
     * @param e2eMillis its end-to-end target
     * @param tbtMeanMillis its target for the mean time between tokens
     */
    public void save(String name, long e2eMillis, long tbtMeanMillis) throws IOException {
        var policy = http.json().createObjectNode();
        policy.put("name", name);
        policy.put("sloClass", name);
        policy.put("e2eMillis", e2eMillis);
        policy.put("tbtMeanMillis", tbtMeanMillis);
        var answer = http.put(POLICIES + "/" + name, policy);
        if (answer.status() == 404) {
            answer = http.post(POLICIES, policy);
        }
        if (answer.status() != 201 && answer.status() != 200) {
            throw unexpected(answer);
        }
    }

    /** Withdraws a policy. */
    public void withdraw(String name) throws IOException {
        var answer = http.delete(POLICIES + "/" + name);
        if (answer.status() != 204) {
            throw unexpected(answer);
        }
    }

    private static void putTarget(ObjectNode policy, String field, @Nullable Long millis) {
        if (millis != null) {
            policy.put(field, millis);
        }
    }

    private static IOException unexpected(JsonHttp.Answer answer) {
        return new IOException(
                "the admin API answered %d: %s".formatted(answer.status(), answer.body()));
    }
}
