package dev.lowgear.core.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.Seeds;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

class SharedLengthErrorTest {
    @Test
    void nothingMeasuredIsNoError() {
        var error = new SharedLengthError();
        error.finished(100, 300);
        assertThat(error.relative()).isZero();
    }

    @Test
    void errorThatAllShareIsFound() {
        var error = new SharedLengthError();
        for (int i = 0; i < 320; i++) {
            error.finished(100, 120);
        }
        assertThat(error.relative()).isCloseTo(.2, within(1e-9));
    }

    @Seeds(count = 20)
    void independentErrorsMostlyCancel(SplittableRandom random) {
        var error = new SharedLengthError();
        for (int i = 0; i < 3_200; i++) {
            error.finished(100, random.nextBoolean() ? 200 : 0);
        }
        assertThat(error.relative()).isBetween(.05, .35);
    }
}
