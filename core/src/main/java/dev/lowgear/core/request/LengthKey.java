package dev.lowgear.core.request;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.Set;

/**
 * Which requests share a length distribution. Buckets are powers of two, named by their exponent;
 * what a key does not distinguish is absent.
 */
record LengthKey(
        @Nullable String model,
        @Nullable String tenant,
        @Nullable Integer promptBucket,
        @Nullable Integer maximumBucket) {
    static LengthKey of(RequestShape shape, Set<KeyPart> parts) {
        return new LengthKey(
                parts.contains(KeyPart.MODEL) ? shape.model() : null,
                parts.contains(KeyPart.TENANT) ? shape.tenant() : null,
                parts.contains(KeyPart.PROMPT_BUCKET) ? bucket(shape.promptTokens()) : null,
                parts.contains(KeyPart.MAXIMUM_BUCKET) ? bucket(shape.limits().maximum()) : null);
    }

    private static int bucket(int tokens) {
        return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(tokens);
    }

    /** What a key may distinguish. */
    enum KeyPart {
        MODEL,
        TENANT,
        PROMPT_BUCKET,
        MAXIMUM_BUCKET;

        static Set<KeyPart> set(KeyPart first, KeyPart... rest) {
            return EnumSet.of(first, rest);
        }
    }
}
