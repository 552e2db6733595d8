package dev.lowgear.core.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.core.gpu.ClockLadder;

import org.junit.jupiter.api.Test;

class TableGridTest {
    private static final ClockLadder H100 = ClockLadder.stepped(345, 1980, 15);

    @Test
    void coversAnEngineUpToItsLimits() {
        TableGrid grid = TableGrid.covering(H100, 256, 160_000, 512);

        assertThat(grid.batch().toArray())
                .containsExactly(0, 1, 2, 4, 8, 16, 24, 32, 48, 64, 96, 128, 192, 256);
        assertThat(grid.kvTokens().last()).isEqualTo(160_000);
        assertThat(grid.prefillTokens().last()).isEqualTo(512);
        assertThat(grid.cells()).isLessThan(TableGrid.MAXIMUM_CELLS);
    }

    @Test
    void endsAtABatchThatIsNoPowerOfTwo() {
        assertThat(TableGrid.covering(H100, 20, 1_000, 512).batch().toArray())
                .containsExactly(0, 1, 2, 4, 8, 16, 20);
        assertThat(TableGrid.covering(H100, 1, 1_000, 512).batch().toArray()).containsExactly(0, 1);
    }

    @Test
    void keepsTheClockInnermost() {
        TableGrid grid = TableGrid.covering(H100, 8, 1_000, 512);

        assertThat(grid.cell(0, 0, 0, 0)).isZero();
        assertThat(grid.cell(1, 0, 0, 0)).isEqualTo(1);
        assertThat(grid.cell(0, 0, 0, 1)).isEqualTo(H100.size());
        assertThat(
                        grid.cell(
                                H100.highestIndex(),
                                grid.batch().size() - 1,
                                grid.kvTokens().size() - 1,
                                grid.prefillTokens().size() - 1))
                .isEqualTo(grid.cells() - 1);
    }

    @Test
    void refusesGridsTooLargeForTheWireAndAxesThatDoNotAscend() {
        double[] many = new double[200];
        for (int i = 0; i < many.length; i++) {
            many[i] = i;
        }
        assertThatThrownBy(
                        () -> new TableGrid(H100, Knots.of(many), Knots.of(many), Knots.of(0, 1)))
                .hasMessageContaining("cells");
        assertThatThrownBy(() -> Knots.of(1, 2)).hasMessageContaining("first at 0");
        assertThatThrownBy(() -> Knots.of(0, 2, 2)).hasMessageContaining("ascend");
        assertThatThrownBy(() -> TableGrid.covering(H100, 0, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
