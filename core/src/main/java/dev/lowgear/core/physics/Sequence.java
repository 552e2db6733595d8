package dev.lowgear.core.physics;

/** A request inside the engine: how many of its tokens are known, and how many are in the cache. */
final class Sequence {
    final long id;
    final int promptTokens;
    private final int lastToken;
    private final FinishReason reason;
    private int generated;

    /** Tokens whose key and value are in the cache. */
    int cached;

    /** Tokens the coming iteration computes. */
    int scheduled;

    /** KV blocks held. */
    int blocks;

    Sequence(EngineRequest request, int maxModelLength) {
        this.id = request.id();
        this.promptTokens = request.promptTokens();
        int bound = Math.min(request.maxTokens(), maxModelLength - promptTokens);
        this.lastToken = Math.min(request.outputTokens(), bound);
        this.reason = request.outputTokens() <= bound ? FinishReason.STOP : FinishReason.LENGTH;
    }

    int generated() {
        return generated;
    }

    /** Prompt and output tokens so far. */
    int known() {
        return promptTokens + generated;
    }

    /** Tokens to compute before the next token comes out: 1 when decoding. */
    int pending() {
        return known() - cached;
    }

    /** Whether everything but the newest output token is cached. */
    boolean decoding() {
        return generated > 0 && pending() == 1;
    }

    /** The scheduled tokens were computed; whether that gave a new token. */
    boolean computed() {
        cached += scheduled;
        scheduled = 0;
        if (pending() > 0) {
            return false;
        }
        generated++;
        return true;
    }

    boolean finished() {
        return generated == lastToken;
    }

    FinishReason reason() {
        return reason;
    }
}
