package dev.lowgear.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.performance.PerformanceTable;
import dev.lowgear.core.performance.TableGrid;
import dev.lowgear.core.performance.TableQuality;
import dev.lowgear.core.performance.Tables;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

class PerformanceTableMessageTest {
    @Test
    void carriesATableUnchangedThroughTheWire() {
        byte[] bytes = MessageCodec.encode(PerformanceTableMessage.of(Samples.table()));
        assertThat(MessageCodec.decode(bytes, PerformanceTableMessage.class).toCore())
                .isEqualTo(Samples.table());
    }

    @Test
    void keepsTheLargestTableUnderOneMegabyte() {
        TableGrid grid =
                TableGrid.covering(ClockLadder.stepped(210, 1980, 15), 1024, 1_000_000, 8192);
        assertThat(grid.cells()).isGreaterThan(TableGrid.MAXIMUM_CELLS * 8 / 10);
        PerformanceTable table =
                PerformanceTable.tabulate(
                        Tables.identity(),
                        grid,
                        new Tables.Multilinear(grid.clocks()),
                        TableQuality.untrained(grid));
        double perCell =
                MessageCodec.encode(PerformanceTableMessage.of(table)).length
                        / (double) grid.cells();
        assertThat(perCell * TableGrid.MAXIMUM_CELLS).isLessThan(1_000_000);
    }

    @Test
    void refusesSurfacesThatDoNotFitTheGrid() {
        PerformanceTableMessage whole = PerformanceTableMessage.of(Samples.table());
        assertThatThrownBy(() -> with(whole, Arrays.copyOf(whole.micros(), 8)).toCore())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("micros has 2 values instead of 16");
        assertThatThrownBy(() -> with(whole, Arrays.copyOf(whole.micros(), 7)).toCore())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("7 bytes");
    }

    private static PerformanceTableMessage with(PerformanceTableMessage whole, byte[] micros) {
        return new PerformanceTableMessage(
                whole.schemaVersion(),
                whole.tableId(),
                whole.version(),
                whole.servedModel(),
                whole.gpuModel(),
                whole.tensorParallel(),
                whole.fingerprint(),
                whole.grid(),
                whole.quality(),
                micros,
                whole.busyWatts(),
                whole.restWatts(),
                whole.idleWatts(),
                whole.staticWatts());
    }
}
