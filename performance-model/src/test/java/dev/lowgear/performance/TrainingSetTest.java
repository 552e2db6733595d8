package dev.lowgear.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.core.performance.OperatingPoint;

import org.junit.jupiter.api.Test;

import java.util.List;

class TrainingSetTest {
    @Test
    void laysEveryFifthSecondAside() {
        assertThat(TrainingSet.isHeldOut(0)).isFalse();
        assertThat(TrainingSet.isHeldOut(3_999_999)).isFalse();
        assertThat(TrainingSet.isHeldOut(4_000_000)).isTrue();
        assertThat(TrainingSet.isHeldOut(4_999_999)).isTrue();
        assertThat(TrainingSet.isHeldOut(5_000_000)).isFalse();

        TrainingSet set =
                new TrainingSet(
                        List.of(iteration(3_900_000), iteration(4_100_000)),
                        List.of(window(4_000_000), window(5_000_000), window(6_000_000)));
        assertThat(set.training().iterations()).containsExactly(iteration(3_900_000));
        assertThat(set.heldOut().iterations()).containsExactly(iteration(4_100_000));
        assertThat(set.heldOut().power()).containsExactly(window(4_000_000));
        assertThat(set.training().power()).hasSize(2);
    }

    @Test
    void refusesMeasurementsThatCannotBe() {
        assertThatThrownBy(() -> new TrainingSample(0, 1410, 8, 100, 0, 0, 0))
                .hasMessageContaining("takes time");
        assertThatThrownBy(() -> new TrainingSample(0, 1410, -1, 100, 0, 0, 9_000))
                .hasMessageContaining("not negative");
        assertThatThrownBy(() -> new TrainingSample(0, 0, 8, 100, 0, 0, 9_000))
                .hasMessageContaining("0 MHz");
        OperatingPoint at = new OperatingPoint(1410, 8, 100, 0);
        assertThatThrownBy(() -> new PowerSample(0, 300, 1.4, at, 0))
                .hasMessageContaining("busy share");
        assertThatThrownBy(() -> new PowerSample(0, 0, 1, at, 0)).hasMessageContaining("power");
        assertThatThrownBy(() -> new PowerSample(0, 300, 1, at, 1.1))
                .hasMessageContaining("prefill share");
    }

    private static TrainingSample iteration(long epochMicros) {
        return new TrainingSample(epochMicros, 1410, 8, 8_000, 0, 0, 12_000);
    }

    private static PowerSample window(long epochMicros) {
        return new PowerSample(epochMicros, 400, 1, new OperatingPoint(1410, 8, 8_000, 0), 0);
    }
}
