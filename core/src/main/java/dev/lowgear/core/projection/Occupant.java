package dev.lowgear.core.projection;

import dev.lowgear.core.request.SurvivalCurve;

/**
 * A request as it decodes: in iteration {@code j ≥ start} it is there with probability {@code P(L >
 * generatedAtStart + j − start | L > generated)} and then holds {@code tokensAtStart + (j − start)
 * + 1} tokens of KV cache, the slot being written included.
 *
 * @param start first iteration it decodes in, counted from now
 * @param tokensAtStart tokens of KV cache before that
 * @param generatedAtStart tokens of its answer before that
 * @param generated tokens of its answer now: what its curve is conditioned on
 * @param curve the length of its answer
 */
record Occupant(
        int start, int tokensAtStart, int generatedAtStart, int generated, SurvivalCurve curve) {
    /** How probably it is there; {@code survivalNow} is {@code S(generated)}. */
    double presence(int iteration, double survivalNow) {
        return iteration < start
                ? 0
                : curve.beyond(generatedAtStart + iteration - start, generated, survivalNow);
    }

    /** The first iteration it is certainly gone in; only where its curve is a point. */
    int end() {
        return start + generated - generatedAtStart + curve.furtherTokens(1, generated);
    }

    int blocks(int iteration, int blockTokens) {
        return (tokensAtStart + iteration - start + blockTokens) / blockTokens;
    }
}
