package dev.lowgear.agent.owner;

import dev.lowgear.agent.engine.IterationReport;
import dev.lowgear.core.observation.Trim;
import dev.lowgear.core.performance.PerformanceTable;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * The performance table an engine is predicted by, with its trim. Without a table there is nothing
 * to trim.
 */
final class TableInForce {
    private final Trim trim = new Trim();
    private @Nullable PerformanceTable table;

    Optional<PerformanceTable> table() {
        return Optional.ofNullable(table);
    }

    /** A factor on what the table predicts. */
    double trim() {
        return trim.factor();
    }

    void replace(@Nullable PerformanceTable published) {
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
}
