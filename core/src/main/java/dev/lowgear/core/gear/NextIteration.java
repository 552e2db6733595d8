package dev.lowgear.core.gear;

import dev.lowgear.core.observation.EngineLoad;
import dev.lowgear.core.performance.PerformanceModel;

/**
 * What the next iteration takes at every clock: its time, trimmed, and its watts. With something to
 * prefill it carries a chunk, as far as the backlog goes.
 */
final class NextIteration {
    private final double[] micros;
    private final double[] watts;
    private final boolean decodes;

    private NextIteration(double[] micros, double[] watts, boolean decodes) {
        this.micros = micros;
        this.watts = watts;
        this.decodes = decodes;
    }

    static NextIteration of(Situation situation) {
        EngineLoad load = situation.load();
        PerformanceModel model = situation.model();
        double prefillTokens =
                (double) Math.min(situation.engine().chunkTokens(), load.queuedPrefillTokens());
        double[] micros = new double[model.clocks().size()];
        double[] watts = new double[model.clocks().size()];
        model.iterationMicros(load.running(), (double) load.kvTokens(), prefillTokens, micros);
        model.busyWatts(load.running(), (double) load.kvTokens(), prefillTokens, watts);
        for (int clock = 0; clock < micros.length; clock++) {
            micros[clock] *= load.trim();
        }
        return new NextIteration(micros, watts, load.running() > 0);
    }

    /** Whether it brings anyone a next token. */
    boolean decodes() {
        return decodes;
    }

    /** The lowest of the allowed clocks at which it takes no longer; the highest if none does. */
    int lowestWithin(ClockRange clocks, double limitMicros) {
        int clock = clocks.highest();
        while (clock > clocks.lowest() && micros[clock - 1] <= limitMicros) {
            clock--;
        }
        return clock;
    }

    /**
     * The allowed clock that costs least when a second costs {@code priceWatts} joules; of two that
     * cost the same the higher one.
     *
     * @param lowest index of the lowest clock to consider
     */
    int cheapest(ClockRange clocks, int lowest, double priceWatts) {
        int best = clocks.highest();
        double least = cost(best, priceWatts);
        for (int clock = clocks.highest() - 1; clock >= lowest; clock--) {
            double cost = cost(clock, priceWatts);
            if (cost < least) {
                least = cost;
                best = clock;
            }
        }
        return best;
    }

    private double cost(int clock, double priceWatts) {
        return micros[clock] * Math.max(1, watts[clock] + priceWatts);
    }
}
