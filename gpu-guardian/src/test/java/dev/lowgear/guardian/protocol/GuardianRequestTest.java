package dev.lowgear.guardian.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.core.fleet.EngineId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class GuardianRequestTest {
    private static final EngineId ENGINE = new EngineId("chat-1");

    @Test
    void readsWhatAPersonWouldType() {
        assertThat(GuardianRequest.parse("  set chat-1  1005 2000 GPU-a GPU-b "))
                .isEqualTo(new GuardianRequest.Set(ENGINE, 1005, 2000, List.of("GPU-a", "GPU-b")));
        assertThat(GuardianRequest.parse("renew chat-1 2000"))
                .isEqualTo(new GuardianRequest.Renew(ENGINE, 2000));
        assertThat(GuardianRequest.parse("reset chat-1"))
                .isEqualTo(new GuardianRequest.Reset(ENGINE));
        assertThat(GuardianRequest.parse("status")).isEqualTo(new GuardianRequest.Status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set chat-1 1005 2000 GPU-a GPU-b",
                "renew chat-1 2000",
                "reset chat-1",
                "status"
            })
    void writesWhatItReads(String line) {
        assertThat(GuardianRequest.parse(line).line()).isEqualTo(line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"                           | none of set",
                "lock chat-1                    | 'lock'",
                "set chat-1 1005 2000           | set <engine> <mhz>",
                "set chat-1 fast 2000 GPU-a     | 'fast' is no number",
                "set chat-1 0 2000 GPU-a        | a clock is positive",
                "set chat-1 -5 2000 GPU-a       | a clock is positive",
                "set chat-1 1005 0 GPU-a        | a lease is positive",
                "set chat-1 1005 2000 GPU-a GPU-a | named twice",
                "set chat-1 1005 2000 ../passwd | no GPU UUID",
                "set ch@t 1005 2000 GPU-a       | engine id",
                "renew chat-1                   | renew <engine> <leaseMs>",
                "renew chat-1 soon              | 'soon' is no number",
                "reset                          | reset <engine>",
                "status now                     | status"
            })
    void saysWhatIsWrong(String line, String reason) {
        assertThatThrownBy(() -> GuardianRequest.parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
