package dev.lowgear.model.registry;

import dev.lowgear.core.performance.PerformanceTable;
import dev.lowgear.core.performance.TableGrid;

/** A performance table as CSV: a line per cell. */
final class TableCsv {
    private static final String HEADER =
            "clock_mhz,batch,kv_tokens,prefill_tokens,iteration_micros,busy_watts\n";
    private static final int LINE = 48;

    private TableCsv() {}

    static String of(PerformanceTable table) {
        TableGrid grid = table.grid();
        float[] micros = table.microsByCell();
        float[] watts = table.busyWattsByCell();
        StringBuilder csv = new StringBuilder(HEADER.length() + LINE * grid.cells());
        csv.append(HEADER);
        for (int batch = 0; batch < grid.batch().size(); batch++) {
            for (int kv = 0; kv < grid.kvTokens().size(); kv++) {
                for (int prefill = 0; prefill < grid.prefillTokens().size(); prefill++) {
                    for (int clock = 0; clock < grid.clocks().size(); clock++) {
                        int cell = grid.cell(clock, batch, kv, prefill);
                        csv.append(grid.clocks().mhz(clock))
                                .append(',')
                                .append(grid.batch().at(batch))
                                .append(',')
                                .append(grid.kvTokens().at(kv))
                                .append(',')
                                .append(grid.prefillTokens().at(prefill))
                                .append(',')
                                .append(micros[cell])
                                .append(',')
                                .append(watts[cell])
                                .append('\n');
                    }
                }
            }
        }
        return csv.toString();
    }
}
