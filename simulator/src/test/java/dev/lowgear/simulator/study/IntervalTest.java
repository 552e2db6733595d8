package dev.lowgear.simulator.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IntervalTest {
    /** Mean 4, standard deviation 1, t(.975; 4) = 2.776: 2.776 · 1 / √5 on each side. */
    @Test
    void isStudentsForFewValues() {
        double d = Math.sqrt(2) / Math.sqrt(2.5);
        Interval five = Interval.of(4 - 2 * d / 2, 4 - d / 2, 4, 4 + d / 2, 4 + 2 * d / 2);
        assertThat(five.mean()).isCloseTo(4, within(1e-12));
        double sd = Math.sqrt((2 * d * d + 2 * (d / 2) * (d / 2)) / 4);
        assertThat(five.halfWidth()).isCloseTo(2.776 * sd / Math.sqrt(5), within(1e-9));
        assertThat(Interval.of(10, 12).halfWidth()).isCloseTo(12.706, within(1e-9));
    }

    @Test
    void hasNoWidthWithOneValueAndNoMeanWithNone() {
        assertThat(Interval.of(3).halfWidth()).isNaN();
        assertThat(Interval.of(3).toString()).isEqualTo("3.0");
        assertThat(Interval.of(36, 36.2).toString()).isEqualTo("36.1 ± 1.3");
        assertThat(Interval.of().mean()).isNaN();
    }
}
