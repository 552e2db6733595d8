package dev.lowgear.simulator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StandardScoresTest {
    /** 2, 4, 9 have mean 5 and deviation √13. */
    @Test
    void scoresByWhatWasSeenSoFar() {
        var scores = new StandardScores(2);
        assertThat(scores.of(2, 7)).containsExactly(0, 0, 1);
        scores.of(4, 7);
        double[] third = scores.of(9, 7);
        assertThat(third[0]).isCloseTo(4 / Math.sqrt(13), within(1e-12));
        assertThat(third[1]).as("what never varies says nothing").isZero();
        assertThat(third[2]).isEqualTo(1);
    }

    @Test
    void clipsWhatIsFarOff() {
        var scores = new StandardScores(1);
        for (int i = 0; i < 100; i++) {
            scores.of(i % 2);
        }
        assertThat(scores.of(1_000)[0]).isEqualTo(3);
    }
}
