package dev.lowgear.simulator.trace;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Lines of the Mooncake traces (kvcache-ai/Mooncake): a JSON object each, arrivals in milliseconds,
 * many at the same one. The hashes of prefix blocks are passed over.
 */
final class MooncakeRows implements RowParser {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int ABSENT = -1;

    @Override
    public Row parse(String line) {
        double millis = ABSENT;
        double prompt = ABSENT;
        double output = ABSENT;
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("expected a JSON object");
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                switch (name) {
                    case "timestamp" -> millis = number(json, value);
                    case "input_length" -> prompt = number(json, value);
                    case "output_length" -> output = number(json, value);
                    default -> json.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("expected a whole JSON object", e);
        }
        if (!(millis >= 0 && millis < 1e12)) {
            throw new IllegalArgumentException("expected milliseconds in timestamp");
        }
        return new Row(
                Math.round(millis * 1e6),
                tokens("input_length", prompt),
                tokens("output_length", output));
    }

    private static double number(JsonParser json, JsonToken value) {
        return value.isNumeric() ? json.getDoubleValue() : Double.NaN;
    }

    private static int tokens(String name, double value) {
        if (!(value >= 1 && value <= Integer.MAX_VALUE && value == Math.rint(value))) {
            throw new IllegalArgumentException("expected a whole number of at least 1 in " + name);
        }
        return (int) value;
    }
}
