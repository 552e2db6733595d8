package dev.lowgear.launcher.demo;

import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.launcher.stack.SimulatedEngine;

import java.time.Duration;
import java.util.List;

/**
 * What a demonstration compares.
 *
 * @param profile of both engines
 * @param trace what both are sent
 * @param length how long requests arrive
 */
public record DemoSetup(EngineProfile profile, DemoTrace trace, Duration length) {
    /** The same for both, so that the two simulated machines are alike. */
    private static final long SEED = 1;

    String governedModel() {
        return profile.model().id();
    }

    String controlModel() {
        return profile.model().id() + "-control";
    }

    /** The two engines that it takes. */
    public List<SimulatedEngine> engines() {
        return List.of(
                SimulatedEngine.of(0, "governed", governedModel(), profile, SEED),
                SimulatedEngine.of(1, "control", controlModel(), profile, SEED));
    }
}
