package dev.lowgear.simulator.run;

import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.physics.EnginePhysics;

import java.util.SplittableRandom;

/**
 * One engine of a kind, with its own physics. An agent's simulated engine of the same profile and
 * seed is the same specimen.
 *
 * @param profile of what kind
 * @param perturbed whether its physics differ from the fits, by the seed
 * @param seed of its physics and its noise
 * @param idlePowerFactor multiplies what it draws at rest and idle
 */
public record Specimen(
        EngineProfile profile, boolean perturbed, long seed, double idlePowerFactor) {
    public Specimen {
        if (!(idlePowerFactor > 0 && idlePowerFactor <= 10)) {
            throw new IllegalArgumentException(
                    "an idle power factor is in (0, 10], got " + idlePowerFactor);
        }
    }

    /** A specimen whose physics differ from the fits, drawing what it draws. */
    public static Specimen of(EngineProfile profile, long seed) {
        return new Specimen(profile, true, seed, 1);
    }

    /** Its physics: the truth, which no planner sees. */
    public EnginePhysics physics() {
        EnginePhysics physics =
                perturbed
                        ? EnginePhysics.perturbed(profile, new SplittableRandom(seed).split())
                        : EnginePhysics.nominal(profile);
        return idlePowerFactor == 1 ? physics : physics.withIdlePowerFactor(idlePowerFactor);
    }

    /** Streams of noise, one for each engine of this kind in turn. */
    SplittableRandom noise() {
        var random = new SplittableRandom(seed);
        if (perturbed) {
            random.split();
        }
        return random;
    }
}
