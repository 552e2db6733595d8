package dev.lowgear.agent.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.agent.openai.CompletionRequest.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

class CompletionRequestTest {
    @Test
    void countsTheWordsOfEveryMessageAndPart() {
        CompletionRequest request =
                chat(
                        """
                        {"model":"m","messages":[{"role":"system","content":"be brief"},
                         {"role":"user","content":[{"type":"text","text":"one  two\\nthree"},
                                                   {"type":"image_url"}]},
                         {"role":"assistant","content":null}],"max_tokens":5}\
                        """);
        assertThat(request.promptWords()).isEqualTo(5);
        assertThat(request.maxTokens()).isEqualTo(5);
        assertThat(request.stream()).isFalse();
    }

    @Test
    void prefersTheNewerNameOfTheTokenLimit() {
        assertThat(
                        chat("""
                        {"model":"m","messages":[{"role":"user","content":"a"}],
                         "max_tokens":5,"max_completion_tokens":9}\
                        """)
                                .maxTokens())
                .isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"one two\"'         | 2",
                "'[\"one two three\"]' | 3",
                "'[5, 6, 7, 8]'        | 4",
                "'[[5, 6]]'            | 2"
            })
    void takesThePromptInItsFourForms(String prompt, int words) {
        assertThat(text("{\"model\":\"m\",\"prompt\":" + prompt + "}").promptWords())
                .isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{\"model\":'                                                     | ",
                "'[]'                                                              | ",
                "''                                                                | ",
                "'{\"messages\":[{\"role\":\"user\"}]}'                            | model",
                "'{\"model\":7,\"messages\":[]}'                                   | model",
                "'{\"model\":\"m\"}'                                               | messages",
                "'{\"model\":\"m\",\"messages\":[]}'                               | messages",
                "'{\"model\":\"m\",\"messages\":[5]}'                              | messages",
                "'{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":5}]}' | messages",
                "'{\"model\":\"m\",\"messages\":[{\"role\":\"u\"}],\"max_tokens\":0}'   |"
                        + " max_tokens",
                "'{\"model\":\"m\",\"messages\":[{\"role\":\"u\"}],\"max_tokens\":-4}'  |"
                        + " max_tokens",
                "'{\"model\":\"m\",\"messages\":[{\"role\":\"u\"}],\"max_tokens\":1.5}' |"
                        + " max_tokens",
                "'{\"model\":\"m\",\"messages\":[{\"role\":\"u\"}],\"max_tokens\":99999999999999}'"
                        + " | max_tokens",
                "'{\"model\":\"m\",\"messages\":[{\"role\":\"u\"}],\"stream\":\"yes\"}' | stream",
                "'{\"model\":\"m\",\"messages\":[{\"role\":\"u\"}],\"n\":2}'            | n"
            })
    void saysWhatIsWrongWithWhichParameter(String body, String parameter) {
        assertThatThrownBy(() -> chat(body))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        refused -> {
                            assertThat(refused.parameter()).isEqualTo(parameter);
                            assertThat(refused.getMessage()).isNotBlank();
                        });
    }

    private static CompletionRequest chat(String body) {
        return CompletionRequest.parse(Kind.CHAT, body.getBytes(StandardCharsets.UTF_8));
    }

    private static CompletionRequest text(String body) {
        return CompletionRequest.parse(Kind.TEXT, body.getBytes(StandardCharsets.UTF_8));
    }
}
