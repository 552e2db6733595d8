package dev.lowgear.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

class CompletionRequestTest {
    private static final String CHAT = "\"model\":\"m\",\"messages\":[{\"role\":\"user\"}]";

    @Test
    void readsWhatItNeeds() {
        CompletionRequest request =
                chat(
                        "{"
                                + CHAT
                                + ",\"stream\":true,\"max_tokens\":9,\"max_completion_tokens\":7,"
                                + "\"service_tier\":\"flex\",\"unknown\":{\"model\":\"other\"}}");
        assertThat(request.model()).isEqualTo("m");
        assertThat(request.stream()).isTrue();
        assertThat(request.maxTokens()).isEqualTo(7);
        assertThat(request.serviceTier()).isEqualTo("flex");
    }

    @Test
    void takesNullForAbsent() {
        CompletionRequest request =
                chat("{" + CHAT + ",\"stream\":null,\"max_tokens\":null,\"service_tier\":null}");
        assertThat(request.stream()).isFalse();
        assertThat(request.maxTokens()).isNull();
        assertThat(request.serviceTier()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    {"stream":true,$}                                         | {"stream_options":{"include_usage":true},"stream":true,$}
                    { "stream":true,$}                                        | { "stream_options":{"include_usage":true},"stream":true,$}
                    {$,"stream":true,"stream_options":null}                   | {$,"stream":true,"stream_options":{"include_usage":true}}
                    {$,"stream":true,"stream_options":{}}                     | {$,"stream":true,"stream_options":{"include_usage":true}}
                    {$,"stream":true,"stream_options": {"a":1 } }             | {$,"stream":true,"stream_options": {"include_usage":true,"a":1 } }
                    {$,"stream":true,"stream_options":{"include_usage":false}}| {$,"stream":true,"stream_options":{"include_usage":true}}
                    {$,"stream_options":{"include_usage":null},"stream":true} | {$,"stream_options":{"include_usage":true},"stream":true}
                    {"ä":"ö","stream":true,"stream_options":null,$}           | {"ä":"ö","stream":true,"stream_options":{"include_usage":true},$}
                    """)
    void asksForUsageAndChangesNothingElse(String asked, String sent) {
        CompletionRequest request = chat(asked.replace("$", CHAT));
        assertThat(request.usageIsOurs()).isTrue();
        assertThat(new String(request.forAgent(), StandardCharsets.UTF_8))
                .isEqualTo(sent.replace("$", CHAT));
    }

    @Test
    void leavesABodyAloneThatAsksItselfOrDoesNotStream() {
        for (String body :
                new String[] {
                    "{" + CHAT + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
                    "{ " + CHAT + " }",
                    "{" + CHAT + ",\"stream\":false,\"stream_options\":null}"
                }) {
            CompletionRequest request = chat(body);
            assertThat(request.usageIsOurs()).isFalse();
            assertThat(new String(request.forAgent(), StandardCharsets.UTF_8)).isEqualTo(body);
        }
    }

    @Test
    void countsThePromptThatComesAsTokens() {
        assertThat(text("\"a b c\"").promptTokens()).isNull();
        assertThat(text("[\"a\",\"b\"]").promptTokens()).isNull();
        assertThat(text("[1,2,3]").promptTokens()).isEqualTo(3);
        assertThat(text("[[1],[2,3]]").promptTokens()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "-",
            textBlock =
                    """
                    ~~                                        | -
                    []                                        | -
                    "text"                                    | -
                    {                                         | -
                    {"model":"m",}                            | -
                    {"model":"m"}{}                           | -
                    {"model":"m"} x                           | -
                    {}                                        | model
                    {"model":null,"messages":[{"role":"u"}]}  | model
                    {"model":"","messages":[{"role":"u"}]}    | model
                    {"model":7}                               | model
                    {"model":"m"}                             | messages
                    {"model":"m","messages":null}             | messages
                    {"model":"m","messages":"hi"}             | messages
                    {"model":"m","messages":[]}               | messages
                    {"model":"m","messages":["hi"]}           | messages[0]
                    {"model":"m","messages":[{"content":""}]} | messages[0].role
                    {"model":"m","messages":[{"role":1}]}     | messages[0].role
                    {$,"stream":"yes"}                        | stream
                    {$,"stream":1}                            | stream
                    {$,"stream_options":{}}                   | stream_options
                    {$,"stream":true,"stream_options":[]}     | stream_options
                    {$,"stream":true,"stream_options":{"include_usage":1}} | stream_options.include_usage
                    {$,"max_tokens":0}                        | max_tokens
                    {$,"max_tokens":-5}                       | max_tokens
                    {$,"max_tokens":1.5}                      | max_tokens
                    {$,"max_tokens":"10"}                     | max_tokens
                    {$,"max_tokens":99999999999999999999999}  | max_tokens
                    {$,"max_completion_tokens":2147483648}    | max_completion_tokens
                    {$,"n":0}                                 | n
                    {$,"n":1000}                              | n
                    {$,"temperature":-1}                      | temperature
                    {$,"temperature":"hot"}                   | temperature
                    {$,"top_p":1.1}                           | top_p
                    {$,"service_tier":3}                      | service_tier
                    """)
    void refusesWithTheParameterNamed(String body, String parameter) {
        assertThatExceptionOfType(OpenAiException.class)
                .isThrownBy(() -> chat(body.replace("$", CHAT)))
                .satisfies(refused -> {
                    assertThat(refused.error().status()).isEqualTo(400);
                    assertThat(refused.error().type()).isEqualTo("invalid_request_error");
                    assertThat(refused.error().param()).isEqualTo(parameter);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    null
                    7
                    {}
                    []
                    [null]
                    [1,"a"]
                    ["a",1]
                    [[1],2]
                    [[]]
                    [[1.5]]
                    """)
    void refusesAPromptOfNoKnownForm(String prompt) {
        assertThatExceptionOfType(OpenAiException.class)
                .isThrownBy(() -> text(prompt))
                .satisfies(refused -> assertThat(refused.error().param()).isEqualTo("prompt"));
    }

    @Test
    void refusesNestingThatOnlyExhaustsAParser() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        assertThatExceptionOfType(OpenAiException.class)
                .isThrownBy(() -> chat("{" + CHAT + ",\"tools\":" + deep + "}"))
                .satisfies(refused -> assertThat(refused.error().status()).isEqualTo(400));
    }

    @Test
    void refusesWhatIsNotUtf8() {
        for (byte[] body :
                new byte[][] {
                    ("{" + CHAT + ",\"stream\":true}").getBytes(StandardCharsets.UTF_16LE),
                    ("{" + CHAT + ",\"user\":\"ü\"}").getBytes(StandardCharsets.ISO_8859_1)
                }) {
            assertThatExceptionOfType(OpenAiException.class)
                    .isThrownBy(() -> CompletionRequest.parse(CompletionKind.CHAT, body))
                    .satisfies(refused -> assertThat(refused.error().status()).isEqualTo(400));
        }
    }

    private static CompletionRequest chat(String body) {
        return CompletionRequest.parse(CompletionKind.CHAT, body.getBytes(StandardCharsets.UTF_8));
    }

    private static CompletionRequest text(String prompt) {
        return CompletionRequest.parse(
                CompletionKind.TEXT,
                ("{\"model\":\"m\",\"prompt\":" + prompt + "}").getBytes(StandardCharsets.UTF_8));
    }
}
