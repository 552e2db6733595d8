package dev.lowgear.core.request;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a request before it runs.
 *
 * @param model served model name
 * @param tenant who asks; absent if nobody said
 * @param promptTokens tokens of the prompt, at least 1
 * @param limits what the request says about the length of its answer
 */
public record RequestShape(
        String model, @Nullable String tenant, int promptTokens, OutputLimits limits) {
    public RequestShape {
        if (promptTokens < 1) {
            throw new IllegalArgumentException(
                    "a prompt has at least one token, got " + promptTokens);
        }
    }

    /** A request without tenant that only limits its answer. */
    public static RequestShape of(String model, int promptTokens, int maximumTokens) {
        return new RequestShape(model, null, promptTokens, OutputLimits.atMost(maximumTokens));
    }
}
