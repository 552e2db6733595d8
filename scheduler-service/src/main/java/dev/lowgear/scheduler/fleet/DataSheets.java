package dev.lowgear.scheduler.fleet;

import dev.lowgear.core.control.PriorModels;
import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.fleet.HostedEngine;
import dev.lowgear.core.performance.AnalyticModel;
import dev.lowgear.core.performance.PerformanceModel;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;

/** The priors of the engine profiles on record. */
final class DataSheets implements PriorModels {
    private static final Logger LOG = LoggerFactory.getLogger(DataSheets.class);

    @Override
    public Optional<PerformanceModel> of(HostedEngine engine) {
        try {
            return Optional.of(AnalyticModel.of(EngineProfile.parse(engine.profile())));
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "engine={} has no prior, it is held at its highest clock until a table is"
                            + " learned: {}",
                    engine.id(),
                    e.getMessage());
            return Optional.empty();
        }
    }
}
