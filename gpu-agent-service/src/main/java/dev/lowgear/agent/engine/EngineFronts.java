package dev.lowgear.agent.engine;

import dev.lowgear.core.fleet.EngineId;

import java.util.List;
import java.util.Optional;

/** The engines of this node. */
public record EngineFronts(List<EngineFront> all) {
    public EngineFronts {
        all = List.copyOf(all);
    }

    /** The engine of that id, if it serves that model. */
    public Optional<EngineFront> find(EngineId id, String model) {
        return all.stream()
                .filter(engine -> engine.id().equals(id) && engine.servedModel().equals(model))
                .findFirst();
    }

    /** The first engine that serves the model. */
    public Optional<EngineFront> serving(String model) {
        return all.stream().filter(engine -> engine.servedModel().equals(model)).findFirst();
    }
}
