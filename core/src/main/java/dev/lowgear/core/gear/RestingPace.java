package dev.lowgear.core.gear;

import dev.lowgear.core.observation.EngineLoad;
import dev.lowgear.core.slo.Target;

/**
 * How long to rest between iterations (Lowgear algorithms, §5c).
 *
 * <p>Below the knee of its power curve a slower GPU saves nothing, but a rested one does: with a
 * least period T between iteration starts the engine runs fewer, fuller iterations (batch = token
 * rate · T) and in between draws what a GPU at rest draws, so that power in the steady state is
 * {@code [t·p + (T − t)·P_rest]/T}, falling in T as long as an iteration's time grows slower than
 * its batch. Rest until the price of time eats what resting saves:
 *
 * <pre>
 *   T* = ½ · t · (p − P_rest(f)) / λ       t, p of the next iteration that only decodes, at clock f
 *   T  = min(T*, min(0.9, κ) · mean TBT, tail TBT − t(full chunk), pace guard, KV cut, allowed pace)
 *   KV cut: the cache at a batch of token rate · T stays within 90 % of what there is
 *   T  = 0 unless T &gt; t and token rate · T ≥ 1: a rest that lets nobody join buys nothing
 * </pre>
 *
 * <p>The factor ½ was found in simulation; it hardly matters.
 *
 * <p><b>Worked example</b>: t = 25 ms, p = 400 W, at rest 130 W, λ = 50 W: T* = ½ · 25 ms · 270/50
 * = 67 ms.
 */
final class RestingPace {
    private static final double GAIN = .5;
    private static final double TOKEN_SHARE = .9;
    private static final double KV_SHARE = .9;

    private RestingPace() {}

    /**
     * The pace in microseconds, 0 for none.
     *
     * @param clock index of the clock chosen
     * @param priceWatts the price of time, positive
     */
    static long micros(Situation situation, int clock, double priceWatts) {
        if (!situation.pacing().possible()) {
            return 0;
        }
        double busy = iterationMicros(situation, clock, 0);
        double saved = decodingWatts(situation, clock) - situation.model().restWatts(clock);
        double pace =
                Math.min(
                        GAIN * busy * saved / Math.max(1e-9, priceWatts),
                        Math.min(tokenLimit(situation, clock), cacheLimit(situation)));
        pace = Math.min(pace, (double) situation.pacing().guardMicros());
        pace = Math.min(pace, situation.joint().maximumPace().toNanos() / 1e3);
        double joining = situation.load().decodeTokensPerSecond() * pace / 1e6;
        return pace > busy && joining >= 1 ? (long) pace : 0;
    }

    private static double iterationMicros(Situation situation, int clock, double prefillTokens) {
        EngineLoad load = situation.load();
        return situation.trim()
                * situation
                        .model()
                        .iterationMicros(
                                clock, load.running(), (double) load.kvTokens(), prefillTokens);
    }

    private static double decodingWatts(Situation situation, int clock) {
        EngineLoad load = situation.load();
        return situation.model().busyWatts(clock, load.running(), (double) load.kvTokens(), 0);
    }

    private static double tokenLimit(Situation situation, int clock) {
        double limit = Double.POSITIVE_INFINITY;
        double withChunk = iterationMicros(situation, clock, situation.engine().chunkTokens());
        for (Pressure pressure : situation.pressures()) {
            if (pressure.load().running() == 0) {
                continue;
            }
            long mean = pressure.policy().targets().nanos(Target.TBT_MEAN);
            long tail = pressure.policy().targets().nanos(Target.TBT_TAIL);
            if (mean != Long.MAX_VALUE) {
                double share = Math.min(TOKEN_SHARE, pressure.servo().tokenFloor());
                limit = Math.min(limit, share * (double) mean / 1e3);
            }
            if (tail != Long.MAX_VALUE) {
                limit = Math.min(limit, (double) tail / 1e3 - withChunk);
            }
        }
        return limit;
    }

    private static double cacheLimit(Situation situation) {
        int holders = situation.load().running() + situation.load().prefilling();
        double tokensPerSecond = situation.load().decodeTokensPerSecond();
        if (holders == 0 || situation.load().kvTokens() == 0 || tokensPerSecond == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double each = (double) situation.load().kvTokens() / holders;
        double fits = KV_SHARE * (double) situation.load().kvCapacityTokens() / each;
        return fits / tokensPerSecond * 1e6;
    }
}
