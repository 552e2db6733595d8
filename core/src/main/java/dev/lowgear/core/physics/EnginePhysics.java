package dev.lowgear.core.physics;

import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.gpu.ClockLadder;

import java.util.random.RandomGenerator;

/**
 * Time and watts of one engine's iterations: {@link IterationCost} and {@link PowerCurve} over the
 * clocks of its ladder. Watts are those of all its GPUs together. The nominal engine is what the
 * fits say; a perturbed one is a specimen whose coefficients are off by up to a quarter, each by
 * its own factor, so that a planner which has learned nothing is visibly wrong.
 */
public final class EnginePhysics {
    /** How far a perturbed coefficient may lie from its nominal value. */
    public static final double PERTURBATION = 0.25;

    private static final double NANOS_PER_SECOND = 1e9;

    private final EngineProfile profile;
    private final ClockLadder clocks;
    private final IterationCost cost;
    private final PowerCurve power;
    private final double[] relativeBusyByClock;
    private final double[] restWattsByClock;
    private final double[] batchLoadByBatch;

    private EnginePhysics(EngineProfile profile, IterationCost cost, PowerCurve power) {
        this.profile = profile;
        this.clocks = profile.gpu().clocks();
        this.cost = cost;
        this.power = power;
        this.relativeBusyByClock = new double[clocks.size()];
        this.restWattsByClock = new double[clocks.size()];
        for (int i = 0; i < clocks.size(); i++) {
            relativeBusyByClock[i] = power.relativeBusy(clocks.relative(i));
            restWattsByClock[i] = profile.tensorParallel() * power.rest(clocks.relative(i));
        }
        this.batchLoadByBatch = new double[profile.limits().maxBatch() + 1];
        for (int batch = 0; batch < batchLoadByBatch.length; batch++) {
            batchLoadByBatch[batch] = PowerCurve.batchLoad(batch);
        }
    }

    /**
     * The engine as the fits describe it.
     *
     * @throws IllegalArgumentException if its GPU was never measured
     */
    public static EnginePhysics nominal(EngineProfile profile) {
        return new EnginePhysics(
                profile, IterationCost.nominal(profile), Calibration.of(profile.gpu()).power());
    }

    /**
     * A specimen of that engine.
     *
     * @throws IllegalArgumentException if its GPU was never measured
     */
    public static EnginePhysics perturbed(EngineProfile profile, RandomGenerator random) {
        EnginePhysics nominal = nominal(profile);
        return new EnginePhysics(
                profile,
                nominal.cost.perturbed(random, PERTURBATION),
                nominal.power.perturbed(random, PERTURBATION));
    }

    /** The same engine, drawing {@code factor} times as much at rest and idle. */
    public EnginePhysics withIdlePowerFactor(double factor) {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("idle power factor must be positive: " + factor);
        }
        return new EnginePhysics(profile, cost, power.withIdlePowerFactor(factor));
    }

    /** What this is the physics of. */
    public EngineProfile profile() {
        return profile;
    }

    /** Undisturbed nanoseconds of an iteration at a supported clock. */
    public double iterationNanos(IterationWork work, int clockMhz) {
        return NANOS_PER_SECOND * cost.seconds(work, clocks.relative(index(clockMhz)));
    }

    /** Mean watts during that iteration, all GPUs together. */
    public double busyWatts(IterationWork work, int clockMhz) {
        return fullClockWatts(work) * relativeBusyWatts(index(clockMhz));
    }

    /** Watts between iterations and when idle, locked at that clock, all GPUs together. */
    public double restWatts(int clockMhz) {
        return restWattsByClock[index(clockMhz)];
    }

    /** Undisturbed seconds of an iteration, the clock by its index on the ladder. */
    public double iterationSeconds(IterationWork work, int clockIndex) {
        return cost.seconds(work, clocks.relative(clockIndex));
    }

    /** Mean watts during that iteration at the highest clock, all GPUs together. */
    public double fullClockWatts(IterationWork work) {
        double prefillShare = Math.min(1, work.prefillTokens() / cost.saturationTokens());
        return profile.tensorParallel()
                * power.fullClockWatts(batchLoad(work.decodeTokens()), prefillShare);
    }

    /** Busy watts at a clock of the ladder over those at the highest, whatever the work. */
    public double relativeBusyWatts(int clockIndex) {
        return relativeBusyByClock[clockIndex];
    }

    IterationCost cost() {
        return cost;
    }

    PowerCurve power() {
        return power;
    }

    private double batchLoad(int batch) {
        return batch < batchLoadByBatch.length
                ? batchLoadByBatch[batch]
                : PowerCurve.batchLoad(batch);
    }

    private int index(int clockMhz) {
        int index = clocks.indexAtLeast(clockMhz);
        if (clocks.mhz(index) != clockMhz) {
            throw new IllegalArgumentException(
                    clockMhz + " MHz is not a clock of " + profile.gpu() + ": " + clocks);
        }
        return index;
    }
}
