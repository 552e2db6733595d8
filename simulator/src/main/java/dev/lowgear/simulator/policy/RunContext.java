package dev.lowgear.simulator.policy;

import dev.lowgear.core.control.ControlTiming;
import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.slo.SloPolicy;

/**
 * What a policy may know of the run it is made for. Neither trace nor physics are among it.
 *
 * @param profile the engine it will steer
 * @param slo what every request is promised
 * @param timing rhythm of control
 * @param seed of the run; for policies that try things out at random
 */
public record RunContext(EngineProfile profile, SloPolicy slo, ControlTiming timing, long seed) {}
