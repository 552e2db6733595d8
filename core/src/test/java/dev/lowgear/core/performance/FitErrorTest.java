package dev.lowgear.core.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FitErrorTest {
    @Test
    void worksThroughAnExampleByHand() {
        // errors +1, −1, 0 around a mean of 4: R² = 1 − 2/8
        FitError error = FitError.of(new double[] {2, 4, 6}, new double[] {3, 3, 6});

        assertThat(error.count()).isEqualTo(3);
        assertThat(error.r2()).isCloseTo(0.75, within(1e-12));
        assertThat(error.mae()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(error.mape()).isCloseTo((0.5 + 0.25) / 3, within(1e-12));
    }

    @Test
    void explainsNothingWhereNothingVaries() {
        assertThat(FitError.of(new double[] {5, 5}, new double[] {5, 5}).r2()).isEqualTo(1);
        assertThat(FitError.of(new double[] {5, 5}, new double[] {5, 6}).r2()).isEqualTo(0);
    }

    @Test
    void refusesWhatCannotBeCompared() {
        assertThatThrownBy(() -> FitError.of(new double[0], new double[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FitError.of(new double[] {1}, new double[] {1, 2}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FitError.of(new double[] {0}, new double[] {1}))
                .hasMessageContaining("positive");
    }
}
