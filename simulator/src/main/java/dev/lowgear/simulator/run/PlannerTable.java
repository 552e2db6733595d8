package dev.lowgear.simulator.run;

import dev.lowgear.core.performance.PerformanceTable;
import dev.lowgear.core.performance.TrustGate;

import java.util.Optional;

/**
 * What the planner knows of its engine's speed and power.
 *
 * @param table predicts; without one the planner explores
 * @param gate what a table must show before it may steer
 */
public record PlannerTable(Optional<PerformanceTable> table, TrustGate gate) {
    /** Nothing was learned yet. */
    static final PlannerTable NONE = new PlannerTable(Optional.empty(), TrustGate.STANDARD);

    /** Every region is as good as any other: nobody had to see it first. */
    private static final TrustGate NO_SUPPORT_NEEDED =
            new TrustGate(TrustGate.STANDARD.maximumMape(), 0);

    /** A table that was learned from telemetry, under the gate of live use. */
    public static PlannerTable learned(PerformanceTable table) {
        return new PlannerTable(Optional.of(table), TrustGate.STANDARD);
    }

    /** The engine's own physics: what learning could come to at best. */
    public static PlannerTable ofPhysics(Specimen specimen) {
        return new PlannerTable(
                Optional.of(PhysicsTable.of(specimen.physics())), NO_SUPPORT_NEEDED);
    }
}
