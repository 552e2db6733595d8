package dev.lowgear.gateway.agent;

import dev.lowgear.gateway.openai.OpenAiError;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;

/**
 * Reads the errors of engines, which take liberties with OpenAI's form: numbers or nothing where a
 * code is due, a string where the object is due, pages of HTML.
 */
final class ForeignError {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ForeignError() {}

    /** The same error in the form that clients expect. */
    static OpenAiError read(int status, byte[] body, @Nullable Duration retryAfter) {
        if (status >= 500 && status != 504) {
            return OpenAiError.badGateway("The engine failed: " + message(body, status));
        }
        JsonNode error = error(body);
        return new OpenAiError(
                status >= 400 ? status : 502,
                message(body, status),
                text(error, "type", status >= 500 ? "server_error" : "invalid_request_error"),
                nullableText(error, "param"),
                nullableText(error, "code"),
                retryAfter);
    }

    private static JsonNode error(byte[] body) {
        try {
            return MAPPER.readTree(body).path("error");
        } catch (JacksonException e) {
            return MAPPER.missingNode();
        }
    }

    private static String message(byte[] body, int status) {
        JsonNode error = error(body);
        return error.isString()
                ? error.asString()
                : text(error, "message", "The engine answered status " + status);
    }

    private static String text(JsonNode error, String field, String otherwise) {
        JsonNode value = error.path(field);
        return value.isString() ? value.asString() : otherwise;
    }

    private static @Nullable String nullableText(JsonNode error, String field) {
        JsonNode value = error.path(field);
        return value.isString() ? value.asString() : null;
    }
}
