package dev.lowgear.agent.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.agent.engine.Finish;
import dev.lowgear.agent.engine.Finish.FinishReason;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class CompletionWriterTest {
    private static final Finish.Completed STOPPED =
            new Finish.Completed(FinishReason.STOP, 2, 3, 40L);

    @Test
    void streamsAChatByteForByteAsOpenAiDoes() {
        CompletionWriter writer =
                writer(
                        CompletionRequest.Kind.CHAT,
                        "\"messages\":[{\"role\":\"user\",\"content\":\"hi you\"}]");
        String head =
                "data: {\"id\":\"chatcmpl-r1\",\"object\":\"chat.completion.chunk\",\"created\":7,"
                        + "\"model\":\"llama\",\"choices\":[{\"index\":0,\"delta\":";
        assertThat(text(writer.opening()))
                .isEqualTo(
                        head
                                + "{\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null,"
                                + "\"finish_reason\":null}]}\n\n");
        assertThat(text(writer.token(" a\"b")))
                .isEqualTo(
                        head
                                + "{\"content\":\" a\\\"b\"},\"logprobs\":null,"
                                + "\"finish_reason\":null}]}\n\n");
        assertThat(text(writer.closing(STOPPED)))
                .isEqualTo(head + "{},\"logprobs\":null,\"finish_reason\":\"stop\"}]}\n\n");
        assertThat(text(CompletionWriter.done())).isEqualTo("data: [DONE]\n\n");
    }

    @Test
    void endsWithAUsageChunkWithoutChoicesWhenAsked() {
        CompletionWriter writer =
                writer(
                        CompletionRequest.Kind.TEXT,
                        "\"prompt\":\"hi you\",\"stream_options\":{\"include_usage\":true}");
        assertThat(text(writer.closing(STOPPED)))
                .isEqualTo(
                        """
                        data: {"id":"cmpl-r1","object":"text_completion","created":7,"model":"llama",\
                        "choices":[{"index":0,"text":"","logprobs":null,"finish_reason":"stop"}],\
                        "usage":null}

                        data: {"id":"cmpl-r1","object":"text_completion","created":7,"model":"llama",\
                        "choices":[],\
                        "usage":{"prompt_tokens":2,"completion_tokens":3,"total_tokens":5}}

                        """);
    }

    @Test
    void answersAWholeChatAsOneObject() {
        CompletionWriter writer =
                writer(
                        CompletionRequest.Kind.CHAT,
                        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]");
        assertThat(text(writer.whole("one two", STOPPED)))
                .isEqualTo(
                        """
                        {"id":"chatcmpl-r1","object":"chat.completion","created":7,"model":"llama",\
                        "choices":[{"index":0,"message":{"role":"assistant","content":"one two"},\
                        "logprobs":null,"finish_reason":"stop"}],\
                        "usage":{"prompt_tokens":2,"completion_tokens":3,"total_tokens":5}}\
                        """);
    }

    private static CompletionWriter writer(CompletionRequest.Kind kind, String fields) {
        byte[] body =
                ("{\"model\":\"llama\",\"stream\":true," + fields + "}")
                        .getBytes(StandardCharsets.UTF_8);
        return new CompletionWriter(CompletionRequest.parse(kind, body), "r1", 7);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
