package dev.lowgear.core.control;

import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.performance.FitError;
import dev.lowgear.core.performance.OperatingPoint;
import dev.lowgear.core.performance.PerformanceTable;
import dev.lowgear.core.performance.RegionSupport;
import dev.lowgear.core.performance.TableGrid;
import dev.lowgear.core.performance.TableIdentity;
import dev.lowgear.core.performance.TableQuality;
import dev.lowgear.core.performance.Tables;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Tables as the model service would publish them after some telemetry. */
public final class LearnedTables {
    /** The fingerprint they speak about. */
    public static final String FINGERPRINT = "llama-2-13b/a100-40gb/tp2@simulated";

    private LearnedTables() {}

    /** Right within 2 %, and seen often at every load and every clock from {@code lowestMhz} up. */
    public static PerformanceTable seenFrom(int lowestMhz, ClockLadder clocks, int version) {
        return table(clocks, version, 0.02, lowestMhz);
    }

    /** Off by 30 %, though seen everywhere. */
    public static PerformanceTable wrong(ClockLadder clocks) {
        return table(clocks, 1, 0.3, clocks.lowest());
    }

    private static PerformanceTable table(
            ClockLadder clocks, int version, double mape, int lowestMhz) {
        TableGrid grid = TableGrid.covering(clocks, 64, 100_000, 512);
        var identity =
                new TableIdentity(
                        "table-" + version, version, "llama-2-13b", "a100-40gb", 2, FINGERPRINT);
        List<OperatingPoint> seen = new ArrayList<>();
        for (int clock : clocks.toArray()) {
            if (clock >= lowestMhz) {
                addLoads(seen, clock);
            }
        }
        var quality =
                new TableQuality(
                        seen.size(),
                        new FitError(1_000, 0.99, 100, mape),
                        null,
                        null,
                        null,
                        false,
                        RegionSupport.over(grid).plus(seen),
                        Instant.EPOCH,
                        Instant.EPOCH);
        return PerformanceTable.tabulate(identity, grid, new Tables.Multilinear(clocks), quality);
    }

    private static void addLoads(List<OperatingPoint> seen, int clock) {
        for (double batch : new double[] {0, 2, 8, 32, 64}) {
            for (double kvTokens : new double[] {1_000, 10_000, 30_000, 60_000, 90_000}) {
                for (int i = 0; i < 20; i++) {
                    seen.add(new OperatingPoint(clock, batch, kvTokens, 0));
                    seen.add(new OperatingPoint(clock, batch, kvTokens, 512));
                }
            }
        }
    }
}
