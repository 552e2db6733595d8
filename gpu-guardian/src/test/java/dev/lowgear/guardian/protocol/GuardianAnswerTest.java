package dev.lowgear.guardian.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.guardian.protocol.GuardianAnswer.Code;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardianAnswerTest {
    private static final GuardianStatus STATUS =
            new GuardianStatus("simulated", 12, 2, 4, 1, true, 30, 8, 3, 2);

    @Test
    void readsWhatItWrites() {
        for (GuardianAnswer answer :
                new GuardianAnswer[] {
                    new GuardianAnswer.Done(1005),
                    new GuardianAnswer.Done(0),
                    new GuardianAnswer.Report(STATUS),
                }) {
            assertThat(GuardianAnswer.parse(answer.line())).isEqualTo(answer);
        }
    }

    @ParameterizedTest
    @EnumSource
    void carriesEveryCode(Code code) {
        GuardianAnswer refused = new GuardianAnswer.Refused(code, "a reason in words");

        assertThat(GuardianAnswer.parse(refused.line())).isEqualTo(refused);
    }

    @Test
    void aReasonOfSeveralLinesStaysOnOne() {
        assertThat(new GuardianAnswer.Refused(Code.ACTUATOR, "no\npermission").line())
                .isEqualTo("error actuator no permission");
    }

    @Test
    void aStatusMayHaveNewWordsButMissesNone() {
        String line = new GuardianAnswer.Report(STATUS).line();

        assertThat(GuardianAnswer.parse(line + " mood=fine"))
                .isEqualTo(new GuardianAnswer.Report(STATUS));
        assertThatThrownBy(() -> GuardianAnswer.parse(line.replace("expiries", "endings")))
                .hasMessageContaining("expiries");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 400 Bad Request", "ok", "ok fast", "error", "error 13 x"})
    void refusesWhatNoGuardianSays(String line) {
        assertThatThrownBy(() -> GuardianAnswer.parse(line))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
