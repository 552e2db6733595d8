package dev.lowgear.core.physics;

/**
 * The iteration under way. Its disturbances are drawn at its start; how long it takes and what it
 * draws follow from the clock, anew whenever that changes.
 */
final class RunningIteration {
    private final IterationWork work;
    private final int kvBlocksUsed;
    private final int startClockMhz;
    private final long paceNanos;
    private final double timeFactor;
    private final long stallNanos;
    private final long startNanos;

    private long pricedFromNanos;
    private double leftShare = 1;
    private double wholeNanos;
    private double watts;

    RunningIteration(
            IterationWork work,
            int kvBlocksUsed,
            int startClockMhz,
            long paceNanos,
            double timeFactor,
            long stallNanos,
            long startNanos) {
        this.work = work;
        this.kvBlocksUsed = kvBlocksUsed;
        this.startClockMhz = startClockMhz;
        this.paceNanos = paceNanos;
        this.timeFactor = timeFactor;
        this.stallNanos = stallNanos;
        this.startNanos = startNanos;
        this.pricedFromNanos = startNanos;
    }

    IterationWork work() {
        return work;
    }

    int kvBlocksUsed() {
        return kvBlocksUsed;
    }

    int startClockMhz() {
        return startClockMhz;
    }

    long paceNanos() {
        return paceNanos;
    }

    long startNanos() {
        return startNanos;
    }

    /** Mean watts from now to its end. */
    double watts() {
        return watts;
    }

    /** When it ends if the clock stays. */
    long endNanos() {
        return pricedFromNanos + Math.max(1, Math.round(leftShare * wholeNanos));
    }

    /** A clock took effect: what is left of it runs at that one. */
    void continueAt(EnginePhysics physics, int clockMhz, long nowNanos) {
        leftShare = Math.max(0, leftShare - (nowNanos - pricedFromNanos) / wholeNanos);
        pricedFromNanos = nowNanos;
        price(physics, clockMhz);
    }

    /** A stall is spread over the iteration and draws what a rest draws. */
    void price(EnginePhysics physics, int clockMhz) {
        double computing = timeFactor * physics.iterationNanos(work, clockMhz);
        wholeNanos = computing + stallNanos;
        watts =
                (computing * physics.busyWatts(work, clockMhz)
                                + stallNanos * physics.restWatts(clockMhz))
                        / wholeNanos;
    }
}
