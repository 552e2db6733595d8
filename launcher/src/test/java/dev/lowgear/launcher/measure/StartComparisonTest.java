package dev.lowgear.launcher.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.launcher.aot.AotUse;
import dev.lowgear.launcher.measure.StartComparison.Kind;

import org.junit.jupiter.api.Test;

import java.util.List;

class StartComparisonTest {
    @Test
    void putsMediansBesideEachOtherAndLeavesOutStepsThatThereAreNot() {
        var comparison = new StartComparison();
        comparison.add(Kind.FROM_NOTHING, start(AotUse.Kind.RECORDING, 2_000, 6_000));
        comparison.add(Kind.FROM_NOTHING, start(AotUse.Kind.RECORDING, 3_000, 5_000));
        comparison.add(Kind.FROM_NOTHING, start(AotUse.Kind.RECORDING, 9_000, 99_000));
        comparison.add(Kind.AOT_CACHES, start(AotUse.Kind.USED, 0, 1_000));
        assertThat(comparison.markdown())
                .isEqualTo(
                        """
                        | step | nothing unpacked, no AOT caches | unpacked, AOT caches |
                        |---|---:|---:|
                        | command to supervisor | 0.4 | 0.4 |
                        | agent: unpacking | 3.0 | 0.0 |
                        | agent: start to ready | 6.0 | 1.0 |
                        | everything ready, since the command | 6.4 | 1.4 |
                        | **first token**, since the command | 6.9 | 1.9 |
                        | processor seconds of all processes | 12.5 | 12.5 |
                        """);
    }

    @Test
    void showsOneStartStepByStep() {
        assertThat(start(AotUse.Kind.USED, 0, 1_500).text())
                .contains("agent              0.0       0.2       1.5       1.9  used")
                .contains("first token                                      2.4");
    }

    private static StartTimes start(AotUse.Kind aot, long unpackMillis, long startMillis) {
        long ready = 400 + startMillis;
        return new StartTimes(
                List.of(
                        new StartTimes.PartTimes(
                                "agent", aot, unpackMillis, 200, startMillis, ready)),
                400,
                ready,
                ready + 500,
                12.5);
    }
}
