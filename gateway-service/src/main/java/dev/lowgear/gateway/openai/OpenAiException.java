package dev.lowgear.gateway.openai;

/** A request that is answered with an error object. */
public final class OpenAiException extends RuntimeException {
    private final transient OpenAiError error;

    public OpenAiException(OpenAiError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    /** What the client is told. */
    public OpenAiError error() {
        return error;
    }
}
