package dev.lowgear.model.registry;

import dev.lowgear.contract.PerformanceTableMessage;
import dev.lowgear.core.performance.PerformanceTable;

/**
 * A performance table with its surfaces unpacked: cells in the order batch, KV tokens, prefill
 * tokens, clock, the clock innermost.
 */
@SuppressWarnings("ArrayRecordComponent") // rendered, never compared
record TableView(
        String tableId,
        int version,
        String servedModel,
        String gpuModel,
        int tensorParallel,
        String fingerprint,
        PerformanceTableMessage.Grid grid,
        PerformanceTableMessage.Quality quality,
        float[] iterationMicros,
        float[] busyWatts,
        float[] restWatts,
        double idleWatts,
        double staticWatts) {

    static TableView of(PerformanceTableMessage message) {
        PerformanceTable table = message.toCore();
        return new TableView(
                message.tableId(),
                message.version(),
                message.servedModel(),
                message.gpuModel(),
                message.tensorParallel(),
                message.fingerprint(),
                message.grid(),
                message.quality(),
                table.microsByCell(),
                table.busyWattsByCell(),
                table.restWattsByClock(),
                table.idleWatts(),
                table.staticWatts());
    }
}
