package dev.lowgear.agent.owner;

import dev.lowgear.agent.engine.IterationReport;
import dev.lowgear.core.observation.Trim;
import dev.lowgear.core.performance.PerformanceTable;

import org.jspecify.annotations.Nullable;

/**
 * Compares iterations with the performance table in force; without one there is nothing to trim.
 */
final class TrimMeter {
    private final Trim trim = new Trim();
    private @Nullable PerformanceTable table;

    void table(PerformanceTable published) {
        table = published;
        trim.reset();
    }

    void completed(IterationReport iteration) {
        Integer clock = iteration.clockMhz();
        PerformanceTable current = table;
        if (current == null || clock == null) {
            return;
        }
        IterationReport.Load load = iteration.load();
        double predicted =
                current.iterationMicros(
                        current.clocks().indexAtLeast(clock),
                        load.decodeTokens(),
                        (double) load.kvTokens(),
                        load.prefillTokens());
        trim.iteration(iteration.busyNanos() / 1e3, predicted);
    }

    double factor() {
        return trim.factor();
    }
}
