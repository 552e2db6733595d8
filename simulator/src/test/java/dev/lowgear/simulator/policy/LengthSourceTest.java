package dev.lowgear.simulator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.core.request.LengthPredictor;
import dev.lowgear.core.request.RequestShape;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.SplittableRandom;

class LengthSourceTest {
    private static final RequestShape SHAPE = RequestShape.of("llama-2-13b", 100, 2_048);

    @Test
    void namesAreReadAsTheyAreWritten() {
        for (String name : List.of("learned", "oracle", "noisy:0.15", "noisy:0.30")) {
            assertThat(LengthSource.parse(name).name()).isEqualTo(name);
        }
    }

    @Test
    void refusesWhatIsNoSource() {
        for (String name : List.of("", "noisy", "noisy:", "noisy:-0.1", "noisy:x", "Oracle")) {
            assertThatThrownBy(() -> LengthSource.parse(name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("learned, oracle and noisy:<error>");
        }
    }

    @Test
    void anOracleIsNotInflatedAndANoisyPointIsByItsError() {
        assertThat(inflatedPoint("oracle")).isEqualTo(200);
        assertThat(inflatedPoint("noisy:0.00")).isEqualTo(200);
        int plain = point(predictor("noisy:0.30"));
        assertThat(plain).isNotEqualTo(200);
        assertThat(inflatedPoint("noisy:0.30")).isEqualTo((int) Math.ceil(plain * 1.3));
    }

    private static int inflatedPoint(String source) {
        return point(LengthSource.parse(source).inflated(predictor(source)));
    }

    private static LengthPredictor predictor(String source) {
        return LengthSource.parse(source).predictor(id -> 200, new SplittableRandom(1));
    }

    private static int point(LengthPredictor predictor) {
        return predictor.curve("1", SHAPE).furtherTokens(1, 0);
    }
}
