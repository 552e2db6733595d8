package dev.lowgear.gateway.openai;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads single values of a body; each is left at its last token. JSON's null is an absent value.
 */
final class FieldReader {
    private final JsonParser parser;

    FieldReader(JsonParser parser) {
        this.parser = parser;
    }

    /** The next field of the object, or null at its end. */
    @Nullable String nextName() {
        return parser.nextName();
    }

    void nextValue() {
        parser.nextToken();
    }

    void skip() {
        parser.skipChildren();
    }

    /** Where the current token stands. */
    StreamOptions.Place place() {
        long from = parser.currentTokenLocation().getByteOffset();
        long to = parser.currentLocation().getByteOffset();
        if (from < 0 || to < 0) {
            throw CompletionFields.refuse("The body of the request must be UTF-8", null);
        }
        return new StreamOptions.Place((int) from, (int) to);
    }

    @Nullable String string(String name) {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_STRING -> parser.getString();
            case null, default -> throw wrongType(name, "a string");
        };
    }

    @Nullable Boolean flag(String name) {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case null, default -> throw wrongType(name, "a boolean");
        };
    }

    @Nullable Integer integer(String name, long least, long most) {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT -> {
                long value = isLong() ? parser.getLongValue() : Long.MAX_VALUE;
                if (value < least || value > most) {
                    throw outOfRange(name, "an integer of " + least + " to " + most);
                }
                yield (int) value;
            }
            case null, default -> throw wrongType(name, "an integer");
        };
    }

    private boolean isLong() {
        return parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    }

    @Nullable Double number(String name, double least, double most) {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                double value = parser.getDoubleValue();
                if (!(value >= least && value <= most)) {
                    throw outOfRange(
                            name, "a number of at least 0" + (most < 2 ? " and at most 1" : ""));
                }
                yield value;
            }
            case null, default -> throw wrongType(name, "a number");
        };
    }

    StreamOptions streamOptions(String name) {
        StreamOptions.Place start = place();
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return new StreamOptions(start, false, true, false, null);
        }
        require(JsonToken.START_OBJECT, name, "an object");
        boolean empty = true;
        boolean includeUsage = false;
        StreamOptions.Place usagePlace = null;
        for (String field = nextName(); field != null; field = nextName()) {
            empty = false;
            nextValue();
            if (field.equals("include_usage")) {
                includeUsage = Boolean.TRUE.equals(flag(name + ".include_usage"));
                usagePlace = place();
            } else {
                skip();
            }
        }
        return new StreamOptions(start, true, empty, includeUsage, usagePlace);
    }

    /** A non-empty array of objects that have a role. */
    void messages(String name) {
        require(JsonToken.START_ARRAY, name, "an array of messages");
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String message = name + "[" + count++ + "]";
            require(JsonToken.START_OBJECT, message, "an object");
            boolean role = false;
            for (String field = nextName(); field != null; field = nextName()) {
                nextValue();
                if (field.equals("role")) {
                    role = string(message + ".role") != null;
                } else {
                    skip();
                }
            }
            if (!role) {
                throw CompletionFields.refuse(
                        "Missing required parameter: '" + message + ".role'", message + ".role");
            }
        }
        if (count == 0) {
            throw CompletionFields.refuse(
                    "Invalid '" + name + "': empty array. Expected an array with minimum length 1",
                    name);
        }
    }

    /**
     * A string, an array of strings, of tokens, or of arrays of tokens. Returns the number of
     * tokens of all prompts together, where they are tokens.
     */
    @Nullable Integer prompt(String name) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return null;
        }
        require(JsonToken.START_ARRAY, name, "a string or an array");
        return switch (parser.nextToken()) {
            case VALUE_STRING -> {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    require(
                            JsonToken.VALUE_STRING,
                            name,
                            "strings only, as the first element is one");
                }
                yield null;
            }
            case VALUE_NUMBER_INT -> tokens(name);
            case START_ARRAY -> {
                int all = 0;
                do {
                    require(JsonToken.START_ARRAY, name, "arrays of tokens only");
                    parser.nextToken();
                    all += tokens(name);
                } while (parser.nextToken() != JsonToken.END_ARRAY);
                yield all;
            }
            case null, default ->
                    throw wrongType(
                            name,
                            "a string, or a non-empty array of strings, of tokens or of arrays of"
                                    + " tokens");
        };
    }

    /** Counts tokens from the current one to the end of their array. */
    private int tokens(String name) {
        int count = 0;
        do {
            require(JsonToken.VALUE_NUMBER_INT, name, "integers as tokens");
            count++;
        } while (parser.nextToken() != JsonToken.END_ARRAY);
        return count;
    }

    private void require(JsonToken token, String name, String expected) {
        if (parser.currentToken() != token) {
            throw wrongType(name, expected);
        }
    }

    private static OpenAiException wrongType(String name, String expected) {
        return CompletionFields.refuse(
                "Invalid type for '" + name + "': expected " + expected, name);
    }

    private static OpenAiException outOfRange(String name, String expected) {
        return CompletionFields.refuse(
                "Invalid value for '" + name + "': expected " + expected, name);
    }
}
