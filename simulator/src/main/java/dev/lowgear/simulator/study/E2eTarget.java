package dev.lowgear.simulator.study;

import dev.lowgear.core.slo.SloTargets;
import dev.lowgear.simulator.run.Specimen;

import java.time.Duration;

/**
 * What end-to-end target a workload gets on an engine, so that targets are equally tight on every
 * one of them: a multiple, by the workload's shape, of the 99th percentile that the maximum clock
 * reaches when requests hardly meet.
 */
final class E2eTarget {
    /** Enough for twenty requests beyond the 99th percentile. */
    private static final int REQUESTS = 2_000;

    private static final double LIGHT_LOAD = 0.05;

    /** An H100 serves several times as much, so that more is still light. */
    private static final double LIGHT_LOAD_HOPPER = 0.2;

    private E2eTarget() {}

    /** What it depends on beside its arguments. */
    static String method() {
        return "%d requests at %s, Hopper %s".formatted(REQUESTS, LIGHT_LOAD, LIGHT_LOAD_HOPPER);
    }

    static Duration of(Workload workload, Specimen specimen) {
        var arrivals =
                workload.arrivals(
                        specimen.profile(), lightLoad(specimen), 0, REQUESTS, specimen.seed());
        double millis =
                MaximumClockRun.of(specimen, SloTargets.NONE, arrivals.requests()).e2e().p99();
        return Duration.ofMillis(Math.round(millis * workload.shape().e2eFactor()));
    }

    /** As a multiple of the trace's rate. */
    static double lightLoad(Specimen specimen) {
        return specimen.profile().gpu().id().startsWith("h100") ? LIGHT_LOAD_HOPPER : LIGHT_LOAD;
    }
}
