package dev.lowgear.gateway.openai;

import org.jspecify.annotations.Nullable;

/**
 * What the gateway needs to know of a completion request. The body itself travels byte for byte,
 * with one exception: a stream is always asked for its usage, which the client gets only if it
 * asked too.
 */
public final class CompletionRequest {
    private final byte[] body;
    private final @Nullable Splice usage;
    private final String model;
    private final boolean stream;
    private final @Nullable String serviceTier;
    private final @Nullable Integer maxTokens;
    private final @Nullable Integer promptTokens;

    CompletionRequest(byte[] body, CompletionFields fields) {
        this.body = body;
        model = fields.model();
        stream = fields.stream();
        usage = stream ? fields.streamOptions().splice(fields.firstField()) : null;
        serviceTier = fields.serviceTier();
        maxTokens = fields.maxTokens();
        promptTokens = fields.promptTokens();
    }

    /**
     * Reads a body.
     *
     * @throws OpenAiException saying what is wrong with which parameter
     */
    public static CompletionRequest parse(CompletionKind kind, byte[] body) {
        return new CompletionRequest(body, new CompletionFields(kind).read(body));
    }

    /** Served model name. */
    public String model() {
        return model;
    }

    /** Whether tokens are streamed. */
    public boolean stream() {
        return stream;
    }

    /** Whether usage was added to what the client asked for, and is to be taken out again. */
    public boolean usageIsOurs() {
        return usage != null;
    }

    /** The service tier asked for. */
    public @Nullable String serviceTier() {
        return serviceTier;
    }

    /** Most tokens asked for; absent for the model's own limit. */
    public @Nullable Integer maxTokens() {
        return maxTokens;
    }

    /** Prompt tokens, where the prompt came as tokens. */
    public @Nullable Integer promptTokens() {
        return promptTokens;
    }

    /** What the agent gets. */
    public byte[] forAgent() {
        return usage == null ? body : usage.applyTo(body);
    }
}
