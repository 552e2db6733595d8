package dev.lowgear.core.gear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.gpu.ClockLadder;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

class ExplorationLadderTest {
    private static final ClockLadder A100 = ClockLadder.stepped(210, 1410, 15);

    private static List<Integer> round(long seed, int round) {
        return IntStream.range(0, ExplorationLadder.RUNGS)
                .map(i -> round * ExplorationLadder.RUNGS + i)
                .mapToObj(step -> A100.mhz(ExplorationLadder.clockIndex(A100, seed, step)))
                .toList();
    }

    @Test
    void everyRoundTriesEachOfEightClocksFromHalfToWholeOnce() {
        for (int round = 0; round < 20; round++) {
            assertThat(round(7, round))
                    .containsExactlyInAnyOrder(705, 810, 915, 1020, 1110, 1215, 1320, 1410);
        }
    }

    @Test
    void orderDiffersFromRoundToRoundAndFromSeedToSeed() {
        assertThat(IntStream.range(0, 20).mapToObj(round -> round(7, round)).distinct().count())
                .isGreaterThan(15);
        assertThat(IntStream.range(0, 20).mapToObj(seed -> round(seed, 0)).distinct().count())
                .isGreaterThan(15);
    }

    @Test
    void orderOfASeedNeverChanges() {
        assertThat(round(1, 0)).isEqualTo(round(1, 0));
    }

    @Test
    void shortLadderIsExploredByTheClocksItHas() {
        ClockLadder two = ClockLadder.of(900, 1410);
        assertThat(
                        IntStream.range(0, 8)
                                .map(step -> two.mhz(ExplorationLadder.clockIndex(two, 3, step)))
                                .distinct()
                                .boxed())
                .containsExactlyInAnyOrder(900, 1410);
    }
}
