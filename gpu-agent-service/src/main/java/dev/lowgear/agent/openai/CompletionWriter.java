package dev.lowgear.agent.openai;

import dev.lowgear.agent.engine.Finish;

import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Renders one completion as OpenAI does, byte for byte: chunks of a stream, or one object. The
 * parts of a chunk that never change are rendered once; what is left per token is escaping its
 * text.
 */
final class CompletionWriter {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] KEEP_ALIVE = ": keep-alive\n\n".getBytes(StandardCharsets.UTF_8);

    private final CompletionRequest request;
    private final String head;
    private final String id;
    private final long createdSeconds;

    CompletionWriter(CompletionRequest request, String requestId, long createdSeconds) {
        this.request = request;
        this.createdSeconds = createdSeconds;
        id = request.kind().idPrefix + requestId;
        head =
                "{\"id\":"
                        + text(id)
                        + ",\"object\":"
                        + text(request.kind().chunkObject)
                        + ",\"created\":"
                        + createdSeconds
                        + ",\"model\":"
                        + text(request.model())
                        + ",\"choices\":[";
    }

    /**
     * A comment that keeps intermediaries awake and finds out whether the client is still there.
     */
    static byte[] keepAlive() {
        return KEEP_ALIVE;
    }

    static byte[] done() {
        return DONE;
    }

    /** The first chunk of a chat stream, which carries the role; empty for text completions. */
    byte[] opening() {
        return request.kind() == CompletionRequest.Kind.CHAT
                ? event(
                        "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null,\"finish_reason\":null}",
                        "null")
                : new byte[0];
    }

    byte[] token(String text) {
        return event(choice(text, "null"), "null");
    }

    /** The chunk with the finish reason, and the usage chunk if it was asked for. */
    byte[] closing(Finish.Completed finish) {
        byte[] last = event(choice("", text(finish.reason().wire())), "null");
        if (!request.includeUsage()) {
            return last;
        }
        byte[] usage = event("", MAPPER.writeValueAsString(usage(finish)));
        byte[] both = new byte[last.length + usage.length];
        System.arraycopy(last, 0, both, 0, last.length);
        System.arraycopy(usage, 0, both, last.length, usage.length);
        return both;
    }

    /** An error inside a stream that is already committed. */
    static byte[] error(OpenAiError error) {
        return sse(MAPPER.writeValueAsString(error));
    }

    /** The whole completion as one object. */
    byte[] whole(String content, Finish.Completed finish) {
        Map<String, Object> choice = new LinkedHashMap<>();
        choice.put("index", 0);
        if (request.kind() == CompletionRequest.Kind.CHAT) {
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("role", "assistant");
            message.put("content", content);
            choice.put("message", message);
        } else {
            choice.put("text", content);
        }
        choice.put("logprobs", null);
        choice.put("finish_reason", finish.reason().wire());
        Map<String, Object> completion = new LinkedHashMap<>();
        completion.put("id", id);
        completion.put("object", request.kind().object);
        completion.put("created", createdSeconds);
        completion.put("model", request.model());
        completion.put("choices", List.of(choice));
        completion.put("usage", usage(finish));
        return MAPPER.writeValueAsBytes(completion);
    }

    private String choice(String text, String finishReason) {
        if (request.kind() == CompletionRequest.Kind.TEXT) {
            return "{\"index\":0,\"text\":"
                    + text(text)
                    + ",\"logprobs\":null,\"finish_reason\":"
                    + finishReason
                    + "}";
        }
        String delta = text.isEmpty() ? "{}" : "{\"content\":" + text(text) + "}";
        return "{\"index\":0,\"delta\":"
                + delta
                + ",\"logprobs\":null,\"finish_reason\":"
                + finishReason
                + "}";
    }

    private byte[] event(String choice, String usage) {
        String tail = request.includeUsage() ? "],\"usage\":" + usage + "}" : "]}";
        return sse(head + choice + tail);
    }

    private static byte[] sse(String json) {
        return ("data: " + json + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> usage(Finish.Completed finish) {
        Map<String, Object> usage = new LinkedHashMap<>();
        usage.put("prompt_tokens", finish.promptTokens());
        usage.put("completion_tokens", finish.completionTokens());
        usage.put("total_tokens", finish.promptTokens() + finish.completionTokens());
        return usage;
    }

    private static String text(String value) {
        return MAPPER.writeValueAsString(value);
    }
}
