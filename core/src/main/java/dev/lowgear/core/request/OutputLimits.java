package dev.lowgear.core.request;

import org.jspecify.annotations.Nullable;

/**
 * What a request itself says about the length of its answer, in tokens.
 *
 * @param maximum {@code max_tokens}, at least 1: the answer is cut there
 * @param minimum {@code min_tokens}, 0 to {@code maximum}: the answer does not end before
 * @param ignoresEnd {@code ignore_eos}: the answer always runs to {@code maximum}
 * @param hint length expected by the caller ({@code nvext.agent_hints.osl}), at least 1; absent if
 *     none was given
 */
public record OutputLimits(int maximum, int minimum, boolean ignoresEnd, @Nullable Integer hint) {
    public OutputLimits {
        if (maximum < 1) {
            throw new IllegalArgumentException("max_tokens: at least 1, got " + maximum);
        }
        if (minimum < 0 || minimum > maximum) {
            throw new IllegalArgumentException(
                    "min_tokens: 0 to max_tokens (" + maximum + "), got " + minimum);
        }
        if (hint != null && hint < 1) {
            throw new IllegalArgumentException("output length hint: at least 1, got " + hint);
        }
    }

    /** Only a maximum is given. */
    public static OutputLimits atMost(int maximum) {
        return new OutputLimits(maximum, 0, false, null);
    }
}
