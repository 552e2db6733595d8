package dev.lowgear.core.physics;

/**
 * Energy of an engine, all its GPUs together, by what they were doing.
 *
 * @param busyJoules during iterations
 * @param restJoules between iterations while requests were running
 * @param idleJoules while there was no request
 */
public record EngineEnergy(double busyJoules, double restJoules, double idleJoules) {

    /** All of it. */
    public double joules() {
        return busyJoules + restJoules + idleJoules;
    }
}
