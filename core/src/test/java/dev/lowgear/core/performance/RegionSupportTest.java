package dev.lowgear.core.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.core.gpu.ClockLadder;

import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.List;

class RegionSupportTest {
    private static final ClockLadder A100 = ClockLadder.stepped(210, 1410, 15);
    private static final RegionSupport NONE =
            RegionSupport.over(TableGrid.covering(A100, 256, 100_000, 512));

    @Test
    void clocksBetweenTwoVisitedOnesAreSupportedAndThoseBeyondAreNot() {
        RegionSupport visited =
                NONE.plus(Collections.nCopies(30, new OperatingPoint(1410, 8, 20_000, 0)))
                        .plus(Collections.nCopies(12, new OperatingPoint(1245, 8, 20_000, 0)));

        assertThat(visited.near(1410, 8, 20_000, 0)).isEqualTo(30);
        assertThat(visited.near(1320, 8, 20_000, 0)).isEqualTo(12);
        assertThat(visited.near(1245, 8, 20_000, 0)).isEqualTo(12);
        assertThat(visited.near(1110, 8, 20_000, 0)).isZero();
    }

    @Test
    void eightExploredClocksVouchForEveryClockBetweenThem() {
        RegionSupport explored = NONE;
        for (int step = 0; step < 8; step++) {
            int index = A100.indexAtLeast((int) (1410 * (1 - step / 14.0)));
            OperatingPoint point = new OperatingPoint(A100.mhz(index), 8, 20_000, 0);
            explored = explored.plus(Collections.nCopies(25, point));
        }
        for (int index = A100.indexAtLeast(705); index < A100.size(); index++) {
            assertThat(explored.near(A100.mhz(index), 8, 20_000, 0))
                    .as("%d MHz", A100.mhz(index))
                    .isGreaterThanOrEqualTo(25);
        }
        assertThat(explored.near(600, 8, 20_000, 0)).isZero();
    }

    @Test
    void neighbouringLoadsCountTogetherButPrefillStandsAlone() {
        RegionSupport seen =
                NONE.plus(
                        List.of(
                                new OperatingPoint(1410, 5, 7_000, 0),
                                new OperatingPoint(1410, 17, 26_000, 0),
                                new OperatingPoint(1410, 5, 7_000, 512)));

        assertThat(seen.near(1410, 10, 10_000, 0)).isEqualTo(2);
        assertThat(seen.near(1410, 10, 10_000, 300)).isEqualTo(1);
        assertThat(seen.near(1410, 300, 90_000, 0)).isZero();
        assertThat(seen.total()).isEqualTo(3);
    }

    @Test
    void travelsAsBandsAndCounts() {
        RegionSupport seen = NONE.plus(List.of(new OperatingPoint(1200, 3, 4_000, 64)));

        RegionSupport copy =
                RegionSupport.of(
                        seen.clocks(),
                        seen.batch(),
                        seen.kvTokens(),
                        seen.prefillTokens(),
                        seen.counts());

        assertThat(copy).isEqualTo(seen);
        assertThatThrownBy(() ->
                        RegionSupport.of(
                                seen.clocks(),
                                seen.batch(),
                                seen.kvTokens(),
                                seen.prefillTokens(),
                                new int[7]))
                .hasMessageContaining("7 counts");
    }
}
