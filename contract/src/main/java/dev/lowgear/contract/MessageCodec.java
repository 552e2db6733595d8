package dev.lowgear.contract;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one JSON codec of the wire. Absent stays absent: null fields are not written, unknown fields
 * are ignored, a missing field that is not nullable is an error rather than a zero.
 */
public final class MessageCodec {
    /**
     * Version of the records in this module; readers accept any and ignore what they do not know.
     */
    public static final int SCHEMA_VERSION = 1;

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .changeDefaultPropertyInclusion(
                            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .changeDefaultVisibility(
                            visibility -> visibility.withIsGetterVisibility(Visibility.NONE))
                    .annotationIntrospector(new NullnessIntrospector())
                    .build();

    private MessageCodec() {}

    /** The bytes of a message. */
    public static byte[] encode(Object message) {
        return MAPPER.writeValueAsBytes(message);
    }

    /**
     * The message in these bytes.
     *
     * @throws UnreadableMessageException if they are not JSON, or not such a message
     */
    public static <T> T decode(byte[] bytes, Class<T> type) {
        try {
            T message = MAPPER.readValue(bytes, type);
            if (message == null) {
                throw new UnreadableMessageException(
                        type.getSimpleName() + ": null is no message", null);
            }
            return message;
        } catch (JacksonException | IllegalArgumentException e) {
            throw new UnreadableMessageException(type.getSimpleName() + ": " + firstLine(e), e);
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage())
                .lines()
                .findFirst()
                .orElse(e.getClass().getSimpleName());
    }
}
