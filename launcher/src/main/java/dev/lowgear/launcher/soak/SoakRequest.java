package dev.lowgear.launcher.soak;

import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * One request of the soak.
 *
 * @param kind what its client does
 * @param body its JSON, or what is to be refused as none
 * @param headers what it says about its SLO
 * @param tokensRead after how many tokens a client that leaves does so
 */
record SoakRequest(Kind kind, String body, Map<String, String> headers, int tokensRead) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST_PROMPT = 800;
    private static final int LONGEST_ANSWER = 200;

    /** What a client does. */
    enum Kind {
        /** Reads the stream to its end. */
        STREAM,
        /** Wants the answer in one piece. */
        WHOLE,
        /** Goes away in the middle of the stream. */
        LEAVES,
        /** Sends what is no request: to be refused with 400. */
        MALFORMED,
        /** Asks for a model that nobody serves: to be refused with 404. */
        STRANGE_MODEL
    }

    /** Any one, drawn from what clients do. */
    static SoakRequest draw(RandomGenerator random, List<String> models, List<String> classes) {
        var kind = kind(random.nextInt(100));
        return new SoakRequest(
                kind, body(kind, random, models), headers(random, classes), 1 + random.nextInt(40));
    }

    private static Kind kind(int percent) {
        if (percent < 60) {
            return Kind.STREAM;
        } else if (percent < 75) {
            return Kind.WHOLE;
        } else if (percent < 95) {
            return Kind.LEAVES;
        }
        return percent < 98 ? Kind.MALFORMED : Kind.STRANGE_MODEL;
    }

    private static String body(Kind kind, RandomGenerator random, List<String> models) {
        var body = JSON.createObjectNode();
        body.put(
                "model",
                kind == Kind.STRANGE_MODEL
                        ? "nobody-serves-this"
                        : models.get(random.nextInt(models.size())));
        body.put("stream", kind != Kind.WHOLE);
        if (kind == Kind.MALFORMED) {
            body.put("messages", "no list");
        } else {
            body.putArray("messages")
                    .addObject()
                    .put("role", "user")
                    .put("content", "word ".repeat(1 + random.nextInt(LONGEST_PROMPT)).strip());
        }
        body.put("max_tokens", 2 * LONGEST_ANSWER);
        body.put("lowgear_simulated_output_tokens", 1 + random.nextInt(LONGEST_ANSWER));
        return JSON.writeValueAsString(body);
    }

    /** A third names a class, a third its own target, a third nothing. */
    private static Map<String, String> headers(RandomGenerator random, List<String> classes) {
        return switch (random.nextInt(3)) {
            case 0 -> Map.of("x-lowgear-slo-class", classes.get(random.nextInt(classes.size())));
            case 1 -> Map.of("x-slo-tpot-ms", Integer.toString(80 + random.nextInt(200)));
            default -> Map.of();
        };
    }
}
