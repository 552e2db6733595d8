package dev.lowgear.gateway.openai;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a body in one pass without building a tree: it must be one well-formed JSON object, and
 * what the gateway knows in it must have the right type and a possible value. What it does not know
 * is the engine's business.
 */
final class CompletionFields {
    private static final JsonFactory JSON = JsonFactory.builder().build();

    /** More tokens than any context window: a typing error rather than a wish. */
    private static final long ABSURD_TOKENS = 10_000_000;

    private static final long MOST_CHOICES = 128;

    private final CompletionKind kind;
    private final boolean chat;
    private @Nullable String model;
    private boolean stream;
    private StreamOptions streamOptions = StreamOptions.ABSENT;
    private @Nullable String serviceTier;
    private @Nullable Integer maxTokens;
    private @Nullable Integer maxCompletionTokens;
    private @Nullable Integer promptTokens;
    private boolean prompted;
    private int firstField;

    CompletionFields(CompletionKind kind) {
        this.kind = kind;
        chat = kind == CompletionKind.CHAT;
    }

    CompletionFields read(byte[] body) {
        try (JsonParser parser =
                JSON.createParser(tools.jackson.core.ObjectReadContext.empty(), body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw refuse("The body of the request must be a JSON object", null);
            }
            readFields(new FieldReader(parser));
            if (parser.nextToken() != null) {
                throw refuse("The body of the request has more than one JSON value", null);
            }
        } catch (JacksonException e) {
            throw refuse(
                    "We could not parse the JSON body of your request: " + e.getOriginalMessage(),
                    null);
        }
        requireWhole();
        return this;
    }

    private void readFields(FieldReader reader) {
        boolean first = true;
        for (String name = reader.nextName(); name != null; name = reader.nextName()) {
            if (first) {
                firstField = reader.place().from();
                first = false;
            }
            reader.nextValue();
            readField(reader, name);
        }
    }

    private void readField(FieldReader reader, String name) {
        switch (name) {
            case "model" -> model = reader.string(name);
            case "stream" -> stream = Boolean.TRUE.equals(reader.flag(name));
            case "stream_options" -> streamOptions = reader.streamOptions(name);
            case "service_tier" -> serviceTier = reader.string(name);
            case "max_tokens" -> maxTokens = reader.integer(name, 1, ABSURD_TOKENS);
            case "max_completion_tokens" ->
                    maxCompletionTokens = reader.integer(name, 1, ABSURD_TOKENS);
            case "min_tokens" -> reader.integer(name, 0, ABSURD_TOKENS);
            case "n" -> reader.integer(name, 1, MOST_CHOICES);
            case "temperature" -> reader.number(name, 0, Double.MAX_VALUE);
            case "top_p" -> reader.number(name, 0, 1);
            case "messages" -> {
                if (chat) {
                    reader.messages(name);
                    prompted = true;
                } else {
                    reader.skip();
                }
            }
            case "prompt" -> {
                if (chat) {
                    reader.skip();
                } else {
                    promptTokens = reader.prompt(name);
                    prompted = true;
                }
            }
            default -> reader.skip();
        }
    }

    private void requireWhole() {
        if (model == null || model.isBlank()) {
            throw refuse("you must provide a model parameter", "model");
        }
        if (!prompted) {
            String missing = chat ? "messages" : "prompt";
            throw refuse("Missing required parameter: '" + missing + "'", missing);
        }
        if (streamOptions.isObject() && !stream) {
            throw refuse(
                    "The 'stream_options' parameter is only allowed when 'stream' is enabled",
                    "stream_options");
        }
    }

    static OpenAiException refuse(String message, @Nullable String parameter) {
        return new OpenAiException(OpenAiError.invalid(message, parameter));
    }

    CompletionKind kind() {
        return kind;
    }

    String model() {
        if (model == null) {
            throw new IllegalStateException("not read yet");
        }
        return model;
    }

    boolean stream() {
        return stream;
    }

    StreamOptions streamOptions() {
        return streamOptions;
    }

    @Nullable String serviceTier() {
        return serviceTier;
    }

    @Nullable Integer maxTokens() {
        return chat && maxCompletionTokens != null ? maxCompletionTokens : maxTokens;
    }

    @Nullable Integer promptTokens() {
        return promptTokens;
    }

    int firstField() {
        return firstField;
    }
}
