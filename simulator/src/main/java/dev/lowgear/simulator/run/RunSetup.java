package dev.lowgear.simulator.run;

import dev.lowgear.core.control.ControlTiming;
import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.gear.GearPolicy;
import dev.lowgear.core.slo.SloPolicy;

import java.time.Duration;

/**
 * What is run.
 *
 * @param profile the engine
 * @param perturbed whether it is a specimen whose physics differ from the fits, by the seed
 * @param seed of the specimen and of its noise; an agent's simulated engine of the same seed is the
 *     same specimen
 * @param policy chooses its gears
 * @param slo what every request is promised
 * @param timing rhythm of control
 * @param controlDelay from an observation until its directive reaches the engine
 * @param lengthQuantile quantile of the learned lengths that projections take for certain
 */
public record RunSetup(
        EngineProfile profile,
        boolean perturbed,
        long seed,
        GearPolicy policy,
        SloPolicy slo,
        ControlTiming timing,
        Duration controlDelay,
        double lengthQuantile) {
    private static final Duration USUAL_DELAY = Duration.ofMillis(10);
    private static final double USUAL_QUANTILE = 0.9;

    public RunSetup {
        if (controlDelay.isNegative() || controlDelay.compareTo(timing.lease()) >= 0) {
            throw new IllegalArgumentException(
                    "control takes less than a lease, got " + controlDelay);
        }
    }

    /** Under the policy {@code standard}, in the rhythm and with the quantile of live use. */
    public static RunSetup standard(
            EngineProfile profile, boolean perturbed, long seed, GearPolicy policy) {
        return new RunSetup(
                profile,
                perturbed,
                seed,
                policy,
                SloPolicy.STANDARD,
                ControlTiming.STANDARD,
                USUAL_DELAY,
                USUAL_QUANTILE);
    }
}
