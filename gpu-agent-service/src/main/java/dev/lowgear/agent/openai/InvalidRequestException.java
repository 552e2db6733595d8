package dev.lowgear.agent.openai;

import org.jspecify.annotations.Nullable;

/** A request that cannot be served as asked; the message is for its sender. */
final class InvalidRequestException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final @Nullable String parameter;

    InvalidRequestException(String message, @Nullable String parameter) {
        super(message);
        this.parameter = parameter;
    }

    @Nullable String parameter() {
        return parameter;
    }
}
