package dev.lowgear.core.physics;

import java.util.random.RandomGenerator;

/**
 * Where an engine's energy goes: exact sums by what the engine was doing, since the start and since
 * the last cut, and the coarse counter that each of its GPUs shows the outside.
 */
final class EngineMeter {
    private final int gpus;
    private final EnergyCounter counter;
    private double busyJoules;
    private double restJoules;
    private double idleJoules;
    private double cutBusyJoules;
    private double cutRestJoules;
    private double cutIdleJoules;
    private long restNanos;
    private long idleNanos;

    EngineMeter(int gpus, RandomGenerator random, long startNanos) {
        this.gpus = gpus;
        this.counter = new EnergyCounter(random, startNanos);
    }

    /** All GPUs together drew {@code watts} while the engine was in {@code state}. */
    void flow(SimulatedEngine.State state, long fromNanos, long toNanos, double watts) {
        double joules = watts * (toNanos - fromNanos) * 1e-9;
        switch (state) {
            case ITERATING -> cutBusyJoules += joules;
            case RESTING -> {
                cutRestJoules += joules;
                restNanos += toNanos - fromNanos;
            }
            case IDLE -> {
                cutIdleJoules += joules;
                idleNanos += toNanos - fromNanos;
            }
        }
        counter.flow(fromNanos, toNanos, watts / gpus);
    }

    /** Starts new sums. */
    void cut() {
        busyJoules += cutBusyJoules;
        restJoules += cutRestJoules;
        idleJoules += cutIdleJoules;
        cutBusyJoules = 0;
        cutRestJoules = 0;
        cutIdleJoules = 0;
        restNanos = 0;
        idleNanos = 0;
    }

    EngineEnergy sinceLastCut() {
        return new EngineEnergy(cutBusyJoules, cutRestJoules, cutIdleJoules);
    }

    EngineEnergy total() {
        return new EngineEnergy(
                busyJoules + cutBusyJoules, restJoules + cutRestJoules, idleJoules + cutIdleJoules);
    }

    long restNanos() {
        return restNanos;
    }

    long idleNanos() {
        return idleNanos;
    }

    long gpuCounterMillijoules() {
        return counter.millijoules();
    }

    double gpuWatts() {
        return counter.watts();
    }
}
