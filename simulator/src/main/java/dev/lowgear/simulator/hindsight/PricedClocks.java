package dev.lowgear.simulator.hindsight;

import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.physics.EnginePhysics;
import dev.lowgear.core.physics.IterationWork;

/**
 * The clock at which an iteration costs least at a price of time: {@code argmin t(f) · (p(f) + λ −
 * C)}, over every second clock of the ladder and the highest. The cost falls and then rises with
 * the clock but for small kinks, so a search goes downhill from where the last one ended, and looks
 * at all clocks only when told to.
 */
final class PricedClocks {
    private static final int STRIDE = 2;

    /** What is left of the power of an iteration when static power counts as sunk: some. */
    private static final double LEAST_SHARE = .02;

    private final EnginePhysics physics;
    private final int[] clocks;
    private final double[] relativeWatts;
    private final double[] restWatts;

    PricedClocks(EnginePhysics physics) {
        this.physics = physics;
        ClockLadder ladder = physics.profile().gpu().clocks();
        int count = ladder.highestIndex() / STRIDE + 1;
        clocks = new int[count];
        relativeWatts = new double[count];
        restWatts = new double[count];
        for (int i = 0; i < count; i++) {
            clocks[i] = ladder.highestIndex() - STRIDE * (count - 1 - i);
            relativeWatts[i] = physics.relativeBusyWatts(clocks[i]);
            restWatts[i] = physics.restWatts(ladder.mhz(clocks[i]));
        }
    }

    int mhz(int clock) {
        return physics.profile().gpu().clocks().mhz(clocks[clock]);
    }

    double seconds(IterationWork work, int clock) {
        return physics.iterationSeconds(work, clocks[clock]);
    }

    double watts(IterationWork work, int clock) {
        return physics.fullClockWatts(work) * relativeWatts[clock];
    }

    double restWatts(int clock) {
        return restWatts[clock];
    }

    /** The best of all clocks. */
    int best(IterationWork work, double netWatts) {
        double full = physics.fullClockWatts(work);
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int clock = 0; clock < clocks.length; clock++) {
            double cost = cost(work, full, netWatts, clock);
            if (cost < least) {
                least = cost;
                best = clock;
            }
        }
        return best;
    }

    /** The best clock downhill from another one. */
    int downhill(IterationWork work, double netWatts, int from) {
        double full = physics.fullClockWatts(work);
        int best = from;
        double least = cost(work, full, netWatts, from);
        boolean up = false;
        while (best + 1 < clocks.length) {
            double cost = cost(work, full, netWatts, best + 1);
            if (cost >= least) {
                break;
            }
            least = cost;
            best++;
            up = true;
        }
        while (!up && best > 0) {
            double cost = cost(work, full, netWatts, best - 1);
            if (cost >= least) {
                break;
            }
            least = cost;
            best--;
        }
        return best;
    }

    private double cost(IterationWork work, double full, double netWatts, int clock) {
        double watts = full * relativeWatts[clock];
        return seconds(work, clock) * Math.max(watts + netWatts, LEAST_SHARE * watts);
    }
}
