package dev.lowgear.core.gear;

import dev.lowgear.core.observation.EngineLoad;
import dev.lowgear.core.performance.PerformanceModel;

import org.jspecify.annotations.Nullable;

/**
 * What a gear chosen now will be held for, at every clock: the chunks of prefill that wait, and
 * after them as many iterations that only decode as three tenths of a second hold. Times are
 * trimmed.
 *
 * <p>A chunk alone wants a far higher clock than the decoding around it: its time falls as the
 * clock rises, that of decoding hardly does. But a gear stands for a decision's rhythm at least,
 * and what arrives next raises it again, so where a request comes every hundred milliseconds a
 * clock chosen for the chunk alone would be the clock of everything. In simulation that cost an
 * H100 near saturation two points and a half of its saving; 200 and 400 ms do as well.
 *
 * <p><b>Worked example</b>: 512 tokens wait, which is one chunk of 40 ms; decoding takes 10 ms. In
 * 300 ms there is room for that chunk and 26 iterations; at a pace of 20 ms, for 13.
 */
final class ComingIterations {
    private static final double HORIZON_MICROS = 300_000;

    /** Iterations that are alike, so many of them. */
    private static final class Alike {
        private final double[] micros;
        private final double[] watts;
        private double count = 1;

        Alike(Situation situation, double prefillTokens) {
            EngineLoad load = situation.load();
            PerformanceModel model = situation.model();
            micros = new double[model.clocks().size()];
            watts = new double[model.clocks().size()];
            model.iterationMicros(load.running(), (double) load.kvTokens(), prefillTokens, micros);
            model.busyWatts(load.running(), (double) load.kvTokens(), prefillTokens, watts);
            for (int clock = 0; clock < micros.length; clock++) {
                micros[clock] *= load.trim();
            }
        }

        double cost(int clock, double priceWatts) {
            return count * micros[clock] * Math.max(1, watts[clock] + priceWatts);
        }
    }

    private final Alike next;
    private final @Nullable Alike later;
    private final boolean decodes;

    private ComingIterations(Alike next, @Nullable Alike later, boolean decodes) {
        this.next = next;
        this.later = later;
        this.decodes = decodes;
    }

    static ComingIterations of(Situation situation) {
        boolean decodes = situation.load().running() > 0;
        double chunk = situation.engine().chunkTokens();
        double waiting = (double) situation.load().queuedPrefillTokens();
        var next = new Alike(situation, Math.min(chunk, waiting));
        if (waiting == 0 || !decodes) {
            return new ComingIterations(next, null, decodes);
        }
        int highest = situation.clocks().highest();
        next.count = Math.max(1, waiting / chunk);
        var later = new Alike(situation, 0);
        double apart = Math.max(later.micros[highest], (double) situation.held().paceMicros());
        double left = HORIZON_MICROS - next.count * next.micros[highest];
        later.count = Math.max(0, left / apart);
        return new ComingIterations(next, later, true);
    }

    /** Whether the next one brings anyone a next token. */
    boolean decodes() {
        return decodes;
    }

    /** The lowest of the allowed clocks at which the next takes no longer; the highest if none. */
    int lowestWithin(ClockRange clocks, double limitMicros) {
        int clock = clocks.highest();
        while (clock > clocks.lowest() && next.micros[clock - 1] <= limitMicros) {
            clock--;
        }
        return clock;
    }

    /**
     * The allowed clock at which all of them cost least when a second costs {@code priceWatts}
     * joules; of two that cost the same the higher one.
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
        double cost = next.cost(clock, priceWatts);
        return later == null ? cost : cost + later.cost(clock, priceWatts);
    }
}
