package dev.lowgear.core.control;

import dev.lowgear.core.fleet.HostedEngine;
import dev.lowgear.core.performance.PerformanceModel;

import java.util.Optional;

/** What data sheets say about an engine before anything was learned. */
@FunctionalInterface
public interface PriorModels {
    /** The prior of such an engine; empty if its profile is on no record. */
    Optional<PerformanceModel> of(HostedEngine engine);
}
