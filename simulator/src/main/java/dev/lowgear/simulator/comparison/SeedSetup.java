package dev.lowgear.simulator.comparison;

import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.simulator.run.PlannerTable;
import dev.lowgear.simulator.run.Specimen;
import dev.lowgear.simulator.study.Saturation;

import org.jspecify.annotations.Nullable;

/**
 * What all policies have in common with one seed.
 *
 * @param specimen the engines, all with the same physics
 * @param slo what every request is promised
 * @param saturation of one engine; absent if nobody asked for a fraction of it
 * @param table what planners know
 */
record SeedSetup(
        Specimen specimen, SloPolicy slo, @Nullable Saturation saturation, PlannerTable table) {
    long seed() {
        return specimen.seed();
    }
}
