package dev.lowgear.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;

class TextTableTest {
    @Test
    void alignsNamesLeftAndNumbersRight() {
        var table =
                new TextTable(
                        List.of("policy", "saved %"),
                        List.of(List.of("maximum-clock", "–"), List.of("pid", "12.5 ± 0.3")));
        assertThat(table.text())
                .isEqualTo(
                        """
                        policy            saved %
                        maximum-clock           –
                        pid            12.5 ± 0.3
                        """);
    }

    @Test
    void refusesARowThatIsTooShort() {
        assertThatThrownBy(() -> new TextTable(List.of("a", "b"), List.of(List.of("1"))))
                .hasMessage("a row has 2 cells, got [1]");
    }
}
