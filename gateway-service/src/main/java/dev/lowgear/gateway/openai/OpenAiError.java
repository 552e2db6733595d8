package dev.lowgear.gateway.openai;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * OpenAI's error object with its HTTP status: all four fields are always there, {@code code} is a
 * string or null.
 *
 * @param status HTTP status
 * @param message for people
 * @param type kind of error
 * @param param the field or header it is about
 * @param code for programs
 * @param retryAfter when another attempt may succeed; absent if none will
 */
public record OpenAiError(
        int status,
        String message,
        String type,
        @Nullable String param,
        @Nullable String code,
        @Nullable Duration retryAfter) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** The request is wrong, and stays wrong. */
    public static OpenAiError invalid(String message, @Nullable String param) {
        return new OpenAiError(400, message, "invalid_request_error", param, null, null);
    }

    /** Nobody serves this model. */
    public static OpenAiError unknownModel(String model) {
        return new OpenAiError(
                404,
                "The model `" + model + "` does not exist",
                "invalid_request_error",
                "model",
                "model_not_found",
                null);
    }

    /** There is no such path. */
    public static OpenAiError unknownPath(String method, String path) {
        return new OpenAiError(
                404,
                "Invalid URL (" + method + " " + path + ")",
                "invalid_request_error",
                null,
                "unknown_url",
                null);
    }

    /** The path exists, but not for this method. */
    public static OpenAiError wrongMethod(String method, String path) {
        return new OpenAiError(
                405,
                "Not allowed to " + method + " on " + path,
                "invalid_request_error",
                null,
                "method_not_supported",
                null);
    }

    /** The body is larger than the gateway takes. */
    public static OpenAiError tooLarge(long maximumBytes) {
        return new OpenAiError(
                413,
                "The request body exceeds " + maximumBytes + " bytes",
                "invalid_request_error",
                null,
                "request_too_large",
                null);
    }

    /** No key, or one that nobody was given. */
    public static OpenAiError unauthorized(String message) {
        return new OpenAiError(
                401, message, "invalid_request_error", null, "invalid_api_key", null);
    }

    /** The key is good, but not for this. */
    public static OpenAiError forbidden(String message, @Nullable String param) {
        return new OpenAiError(
                403, message, "invalid_request_error", param, "permission_denied", null);
    }

    /** Too many requests are waiting. */
    public static OpenAiError overloaded(String message, Duration retryAfter) {
        return new OpenAiError(429, message, "requests", null, "rate_limit_exceeded", retryAfter);
    }

    /** Nobody can serve the request now. */
    public static OpenAiError unavailable(String message, Duration retryAfter) {
        return new OpenAiError(
                503, message, "server_error", null, "service_unavailable", retryAfter);
    }

    /** The engine answered something that is no answer. */
    public static OpenAiError badGateway(String message) {
        return new OpenAiError(502, message, "server_error", null, "bad_gateway", null);
    }

    /** The engine did not answer in time. */
    public static OpenAiError timeout(String message) {
        return new OpenAiError(504, message, "server_error", null, "timeout", null);
    }

    /** A fault of the gateway itself; what it was is in the log under the request id. */
    public static OpenAiError internal() {
        return new OpenAiError(
                500,
                "The gateway failed to handle the request; its log has the request id",
                "server_error",
                null,
                "internal_error",
                null);
    }

    /** Any other status, in the same form. */
    public static OpenAiError ofStatus(int status, String message) {
        return new OpenAiError(
                status,
                message,
                status >= 500 ? "server_error" : "invalid_request_error",
                null,
                null,
                null);
    }

    /** Its JSON body. */
    public byte[] body() {
        return MAPPER.writeValueAsBytes(fields());
    }

    /** An event for a stream that is already committed. */
    public byte[] event() {
        return ("data: " + MAPPER.writeValueAsString(fields()) + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, Object> fields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("message", message);
        fields.put("type", type);
        fields.put("param", param);
        fields.put("code", code);
        return Map.of("error", fields);
    }
}
