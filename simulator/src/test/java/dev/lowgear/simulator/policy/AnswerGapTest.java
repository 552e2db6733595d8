package dev.lowgear.simulator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswerGapTest {
    private final AnswerGap gap = new AnswerGap();

    @Test
    void leavesEachTokenOfALongAnswerItsShareOfTheEndToEndTarget() {
        var promised = Seen.due(1_000).build();
        assertThat(gap.micros(promised)).as("22 s over 1,000 tokens").isEqualTo(22_000);
        for (int i = 1; i <= 100; i++) {
            gap.finished(5 * i);
        }
        assertThat(gap.micros(promised)).as("22 s over 475 tokens").isEqualTo(22e6 / 475);
    }

    @Test
    void isTheTokenTargetWhereThatIsStricter() {
        var promised = Seen.promising(Seen.INTERACTIVE, Seen.due(1_000)).build();
        for (int i = 0; i < 60; i++) {
            gap.finished(20);
        }
        assertThat(gap.micros(promised)).isEqualTo(60_000);
    }
}
