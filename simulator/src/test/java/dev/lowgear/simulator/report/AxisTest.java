package dev.lowgear.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.List;

class AxisTest {
    @Test
    void endsALinearOneAtWholeSteps() {
        Axis axis = Axis.linear("saved, %", -3, 41);
        assertThat(texts(axis)).containsExactly("-10", "0", "10", "20", "30", "40", "50");
        assertThat(axis.at(-10)).isZero();
        assertThat(axis.at(50)).isOne();
        assertThat(axis.at(20)).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void endsAnExactOneWhereItIsTold() {
        Axis axis = Axis.exact("s", 0, 437);
        assertThat(texts(axis)).containsExactly("0", "100", "200", "300", "400");
        assertThat(axis.at(437)).isOne();
    }

    @Test
    void marksTensOfALogarithmicOneAndMoreWhereThereAreFew() {
        assertThat(texts(Axis.logarithmic("ms", 0.5, 2000)))
                .containsExactly("1", "10", "100", "1000");
        assertThat(texts(Axis.logarithmic("ms", 30, 400))).containsExactly("50", "100", "200");
        assertThat(Axis.logarithmic("ms", 10, 1000).at(100)).isCloseTo(0.5, within(1e-12));
    }

    /** From 100 down to 99.9 is as much as from 99.9 to 99, and from 99 to 90. */
    @Test
    void givesMostRoomToWhatLiesJustBelowAll() {
        Axis axis = Axis.attainment("met, %", 91);
        assertThat(axis.at(100)).isOne();
        assertThat(axis.at(90)).isCloseTo(0, within(1e-9));
        assertThat(axis.at(99.9)).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(axis.at(99)).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(texts(axis)).startsWith("90", "95").endsWith("99.9", "100");
    }

    @Test
    void standsOneValueAlone() {
        assertThat(Axis.linear("saved, %", 0, 0).at(0)).isBetween(0.0, 1.0);
        assertThat(Axis.logarithmic("ms", 5, 5).at(5)).isZero();
    }

    private static List<String> texts(Axis axis) {
        return axis.ticks().stream().map(Axis.Tick::text).toList();
    }
}
