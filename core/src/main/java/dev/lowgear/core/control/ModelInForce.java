package dev.lowgear.core.control;

import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.performance.PerformanceTable;
import dev.lowgear.core.performance.TrustGate;

import java.util.Optional;

/** What is known about the speed of an engine, and how far it may be believed. */
public sealed interface ModelInForce {
    /** What predicts; empty where nothing does. */
    Optional<PerformanceModel> model();

    /** Nothing: no table speaks about such an engine, and no data sheet either. */
    record Unknown() implements ModelInForce {
        @Override
        public Optional<PerformanceModel> model() {
            return Optional.empty();
        }
    }

    /** Data sheets only: good enough to explore with, never to steer by. */
    record Prior(PerformanceModel sheet) implements ModelInForce {
        @Override
        public Optional<PerformanceModel> model() {
            return Optional.of(sheet);
        }
    }

    /**
     * A table learned from telemetry.
     *
     * @param table the table
     * @param gate what it must show before it may steer a clock down
     */
    record Learned(PerformanceTable table, TrustGate gate) implements ModelInForce {
        @Override
        public Optional<PerformanceModel> model() {
            return Optional.of(table);
        }

        /** Whether its held-out error passes the gate. */
        public boolean isTrusted() {
            return table.quality().passes(gate);
        }
    }
}
