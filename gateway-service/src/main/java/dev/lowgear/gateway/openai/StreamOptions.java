package dev.lowgear.gateway.openai;

import org.jspecify.annotations.Nullable;

/**
 * What a body says about {@code stream_options}, and where it says so.
 *
 * @param place where the value stands; absent if there is none
 * @param isObject whether the value is an object rather than null
 * @param isEmpty whether that object has no fields
 * @param includeUsage value of its field {@code include_usage}
 * @param includeUsagePlace where that value stands; absent if there is none
 */
record StreamOptions(
        @Nullable Place place,
        boolean isObject,
        boolean isEmpty,
        boolean includeUsage,
        @Nullable Place includeUsagePlace) {
    /** The body does not speak of them. */
    static final StreamOptions ABSENT = new StreamOptions(null, false, true, false, null);

    /** First byte of a value, and first byte after it. */
    record Place(int from, int to) {
        Splice replacedBy(String text) {
            return new Splice(from, to, text);
        }
    }

    /**
     * The change that asks for usage; null if the client asked itself.
     *
     * @param firstField where the first field of the body begins
     */
    @Nullable Splice splice(int firstField) {
        if (includeUsage) {
            return null;
        }
        if (includeUsagePlace != null) {
            return includeUsagePlace.replacedBy("true");
        }
        if (place == null) {
            return new Splice(
                    firstField, firstField, "\"stream_options\":{\"include_usage\":true},");
        }
        if (!isObject) {
            return place.replacedBy("{\"include_usage\":true}");
        }
        int inside = place.from() + 1;
        return new Splice(inside, inside, "\"include_usage\":true" + (isEmpty ? "" : ","));
    }
}
