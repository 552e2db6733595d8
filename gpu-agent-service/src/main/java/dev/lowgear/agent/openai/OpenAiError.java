package dev.lowgear.agent.openai;

import org.jspecify.annotations.Nullable;

/** OpenAI's error object. */
record OpenAiError(Body error) {
    record Body(String message, String type, @Nullable String param, @Nullable String code) {}

    static OpenAiError invalid(String message, @Nullable String param) {
        return new OpenAiError(new Body(message, "invalid_request_error", param, null));
    }

    static OpenAiError unknownModel(String model) {
        return new OpenAiError(
                new Body(
                        "The model `" + model + "` does not exist",
                        "invalid_request_error",
                        "model",
                        "model_not_found"));
    }

    static OpenAiError unavailable(String message) {
        return new OpenAiError(new Body(message, "server_error", null, "engine_unavailable"));
    }

    static OpenAiError overloaded(String message) {
        return new OpenAiError(new Body(message, "requests", null, "rate_limit_exceeded"));
    }
}
