package dev.lowgear.agent.openai;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/**
 * What the agent needs of an OpenAI request body; the rest passes through to the engine.
 *
 * @param kind which endpoint it came to
 * @param model served model name
 * @param prompt text of the prompt, or of every message
 * @param maxTokens most tokens per completion, absent for the model's own limit
 * @param minTokens fewest tokens per completion
 * @param stream whether tokens are streamed
 * @param includeUsage whether a stream ends with a usage chunk
 * @param body the whole body
 */
record CompletionRequest(
        Kind kind,
        String model,
        String prompt,
        @Nullable Integer maxTokens,
        int minTokens,
        boolean stream,
        boolean includeUsage,
        JsonNode body) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int ABSURD_TOKENS = 10_000_000;

    /** Which endpoint. */
    enum Kind {
        CHAT("chat.completion", "chat.completion.chunk", "chatcmpl-"),
        TEXT("text_completion", "text_completion", "cmpl-");

        final String object;
        final String chunkObject;
        final String idPrefix;

        Kind(String object, String chunkObject, String idPrefix) {
            this.object = object;
            this.chunkObject = chunkObject;
            this.idPrefix = idPrefix;
        }
    }

    /**
     * Reads a body.
     *
     * @throws InvalidRequestException saying what is wrong with which parameter
     */
    static CompletionRequest parse(Kind kind, byte[] bytes) {
        JsonNode body = tree(bytes);
        JsonNode model = body.get("model");
        if (model == null || !model.isString() || model.asString().isBlank()) {
            throw new InvalidRequestException("you must provide a model parameter", "model");
        }
        if (integer(body, "n", 1, 1) > 1) {
            throw new InvalidRequestException("only n = 1 is supported", "n");
        }
        String prompt = kind == Kind.CHAT ? messages(body) : prompt(body);
        boolean stream = flag(body, "stream");
        JsonNode options = body.get("stream_options");
        return new CompletionRequest(
                kind,
                model.asString(),
                prompt,
                maxTokens(kind, body),
                integer(body, "min_tokens", 0, 0),
                stream,
                options != null && options.isObject() && flag(options, "include_usage"),
                body);
    }

    /** Whitespace-separated words: the tokenizer of the simulated engine. */
    int promptWords() {
        return Math.max(1, new StringTokenizer(prompt).countTokens());
    }

    private static JsonNode tree(byte[] bytes) {
        JsonNode body;
        try {
            body = MAPPER.readTree(bytes);
        } catch (JacksonException e) {
            throw new InvalidRequestException(
                    "We could not parse the JSON body of your request: " + e.getOriginalMessage(),
                    null);
        }
        if (body == null || !body.isObject()) {
            throw new InvalidRequestException(
                    "the body of the request must be a JSON object", null);
        }
        return body;
    }

    private static @Nullable Integer maxTokens(Kind kind, JsonNode body) {
        String field =
                kind == Kind.CHAT && body.hasNonNull("max_completion_tokens")
                        ? "max_completion_tokens"
                        : "max_tokens";
        return body.hasNonNull(field) ? (Integer) integer(body, field, 1, 1) : null;
    }

    private static int integer(JsonNode body, String field, int least, int absent) {
        JsonNode value = body.get(field);
        if (value == null || value.isNull()) {
            return absent;
        }
        if (!value.isIntegralNumber()) {
            throw new InvalidRequestException(
                    "Invalid type for '" + field + "': expected an integer", field);
        }
        if (!value.canConvertToInt()
                || value.intValue() < least
                || value.intValue() > ABSURD_TOKENS) {
            throw new InvalidRequestException(
                    "Invalid value for '" + field + "': expected at least " + least, field);
        }
        return value.intValue();
    }

    private static boolean flag(JsonNode body, String field) {
        JsonNode value = body.get(field);
        if (value == null || value.isNull()) {
            return false;
        }
        if (!value.isBoolean()) {
            throw new InvalidRequestException(
                    "Invalid type for '" + field + "': expected a boolean", field);
        }
        return value.booleanValue();
    }

    private static String messages(JsonNode body) {
        JsonNode messages = body.get("messages");
        if (messages == null || !messages.isArray() || messages.isEmpty()) {
            throw new InvalidRequestException(
                    "Invalid type for 'messages': expected a non-empty array of messages",
                    "messages");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode message : messages) {
            if (!message.isObject() || !message.path("role").isString()) {
                throw new InvalidRequestException(
                        "Invalid 'messages': each is an object with a role", "messages");
            }
            content(message.get("content"), texts);
        }
        return String.join("\n", texts);
    }

    private static void content(@Nullable JsonNode content, List<String> texts) {
        if (content == null || content.isNull()) {
            return; // an assistant message may carry tool calls instead
        }
        if (content.isString()) {
            texts.add(content.asString());
            return;
        }
        if (!content.isArray()) {
            throw new InvalidRequestException(
                    "Invalid type for 'messages': content is a string or an array of parts",
                    "messages");
        }
        for (JsonNode part : content) {
            JsonNode text = part.path("text");
            if (text.isString()) {
                texts.add(text.asString());
            }
        }
    }

    /** The four forms: string, array of strings, array of tokens, array of arrays of tokens. */
    private static String prompt(JsonNode body) {
        JsonNode prompt = body.get("prompt");
        if (prompt != null && prompt.isString()) {
            return prompt.asString();
        }
        if (prompt != null && prompt.isArray() && !prompt.isEmpty()) {
            JsonNode first = prompt.get(0);
            if (first.isIntegralNumber()) {
                return tokenWords(prompt);
            }
            if (prompt.size() == 1 && first.isString()) {
                return first.asString();
            }
            if (prompt.size() == 1 && first.isArray()) {
                return tokenWords(first);
            }
            if (first.isString() || first.isArray()) {
                throw new InvalidRequestException(
                        "one prompt per request is supported, got " + prompt.size(), "prompt");
            }
        }
        throw new InvalidRequestException(
                "Invalid type for 'prompt': expected a string, an array of strings, of tokens or of"
                        + " token arrays",
                "prompt");
    }

    private static String tokenWords(JsonNode tokens) {
        StringBuilder words = new StringBuilder();
        for (JsonNode token : tokens) {
            if (!token.isIntegralNumber()) {
                throw new InvalidRequestException(
                        "Invalid type for 'prompt': tokens are integers", "prompt");
            }
            words.append(token.asString()).append(' ');
        }
        return words.toString();
    }
}
