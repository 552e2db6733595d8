package dev.lowgear.simulator.hindsight;

import dev.lowgear.core.engine.EngineLimits;
import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.physics.EnginePhysics;
import dev.lowgear.core.physics.IterationWork;
import dev.lowgear.simulator.trace.TraceRequest;

import java.util.List;

/**
 * Energy below which no policy serves a traffic to its end: all work at its cheapest batch and
 * clock, rest power for the remainder (Lowgear algorithms, §14). Loose, because it knows neither
 * deadlines nor that a batch needs requests that are there at the same time; but valid.
 *
 * <p><b>Statement.</b> Let an engine serve requests with prompts {@code p_i} and outputs {@code
 * o_i} within {@code H} seconds, under any schedule of clocks, rests, batches, chunks and
 * preemptions. Its undisturbed energy is at least
 *
 * <pre>
 *   P_idle·H + e_d·D + e_p·Q + e_kv·S + e_a·A
 *   D = Σ (o_i − 1)                        decode steps: the first token comes with the prefill
 *   Q = Σ p_i                              prompt tokens
 *   S = Σ [p_i + Σ_{1≤j&lt;o_i} (p_i + j)]    KV tokens, summed over each request's iterations
 *   A = Σ p_i²/2                           token pairs of prefill attention
 * </pre>
 *
 * for all {@code e ≥ 0} such that at every clock {@code x}, {@code B} decode tokens and {@code P}
 * prefill tokens that an iteration may have, and with {@code u = p(x, B, P) − P_idle}:
 *
 * <pre>
 *   (1)  t₀(x, B, P)·u           ≥ e_d·B + e_p·P
 *   (2)  (t₀ + K·k(x))·u         ≥ e_d·B + e_p·P + e_kv·K        K the cache's capacity
 *   (3)  a(x)·u                  ≥ e_a
 * </pre>
 *
 * where an iteration takes {@code t = t₀ + KV·k(x) + attention·a(x)}.
 *
 * <p><b>Proof.</b> At any time the engine iterates, rests or idles. Resting and idling draw the
 * rest power of some clock, which is least, {@code P_idle}, at the lowest. So the energy is at
 * least {@code P_idle·H} plus the sum over iterations of {@code t·u}, and {@code u > 0} because a
 * busy GPU draws more than one at rest. For an iteration at one clock, {@code (t₀ + KV·k)·u − e_d·B
 * − e_p·P − e_kv·KV} is affine in {@code KV}, which lies between 0 and {@code K}; by (1) and (2) it
 * is not negative at both ends, hence nowhere between; with (3), {@code t·u ≥ e_d·B + e_p·P +
 * e_kv·KV + e_a·attention}. An iteration during which the clock changes spends fractions that add
 * up to one of its work at each clock, and the same combination of the inequalities holds for it.
 * Summed over all iterations, {@code Σ B ≥ D} and {@code Σ P ≥ Q}, since every token is computed at
 * least once (a preemption repeats some); {@code Σ KV ≥ S}, since a request's cached tokens count
 * in each iteration it decodes in and in the one that completes its prompt; and {@code Σ attention
 * ≥ A}, since chunks {@code s} at context {@code c} add {@code s·(c + s/2)}, which sums to {@code
 * p²/2} however the prompt is cut. ∎
 *
 * <p>The best {@code e} are a small linear program: for given {@code (e_d, e_p)} that keep (1),
 * {@code e_kv} is the least of {@code [m₂ − e_d·B − e_p·P]/K} over {@code (B, P)}, {@code m₂} the
 * least {@code (t₀ + K·k)·u} over the clocks. The bound is then concave in {@code (e_d, e_p)} and
 * climbed by nested ternary search; where the search stops short the bound is looser, never wrong.
 * {@code P} is taken in steps of 8: as {@code t₀·u} grows with {@code P}, a step's constraint with
 * its least cost and its most tokens implies all those within.
 *
 * <p>Noise multiplies an iteration's time by a log-normal factor of mean {@code e^(σ²/2) > 1}: over
 * the tens of thousands of iterations of a run its average is above 1 but for a few parts in ten
 * thousand.
 */
public final class RelaxedBound {
    private static final int PREFILL_STEP = 8;
    private static final int SEARCH_STEPS = 48;
    private static final double PROBE_TOKENS = 1e6;

    private final EnginePhysics physics;
    private final EngineLimits limits;
    private final int clocks;
    private final double idleWatts;
    private final double capacity;
    private final int cells;
    private final int[] batch;
    private final int[] mostPrefill;
    private final double[] leastEmpty;
    private final double[] leastFull;
    private final double attentionJoules;

    private RelaxedBound(EnginePhysics physics) {
        this.physics = physics;
        limits = physics.profile().limits();
        ClockLadder ladder = physics.profile().gpu().clocks();
        clocks = ladder.size();
        idleWatts = physics.restWatts(ladder.lowest());
        capacity = limits.kvCapacityTokens();
        int most = (limits.maxBatch() + 1) * (limits.chunkTokens() / PREFILL_STEP + 2);
        batch = new int[most];
        mostPrefill = new int[most];
        leastEmpty = new double[most];
        leastFull = new double[most];
        cells = tabulate();
        attentionJoules = leastAttentionJoules();
    }

    /**
     * The bound for that traffic.
     *
     * @param requests at least one, each served to its last token
     * @param horizonSeconds from the start of the traffic until the engine is watched no more
     * @return joules, all GPUs together
     */
    public static double joules(
            EnginePhysics physics, List<TraceRequest> requests, double horizonSeconds) {
        if (requests.isEmpty()) {
            throw new IllegalArgumentException("a bound is of at least one request");
        }
        double idleWatts = physics.restWatts(physics.profile().gpu().clocks().lowest());
        Work work = Work.of(requests);
        return idleWatts * horizonSeconds + prices(physics, work).joules(work);
    }

    /** What the requests of a traffic compute at least: the sums of the statement. */
    record Work(double decodes, double prompts, double cached, double attention) {
        static Work of(List<TraceRequest> requests) {
            double decodes = 0;
            double prompts = 0;
            double cached = 0;
            double attention = 0;
            for (TraceRequest request : requests) {
                double prompt = request.promptTokens();
                double steps = request.outputTokens() - 1.;
                decodes += steps;
                prompts += prompt;
                cached += prompt + steps * prompt + steps * (steps + 1) / 2;
                attention += prompt * prompt / 2;
            }
            return new Work(decodes, prompts, cached, attention);
        }
    }

    /** The four {@code e} of the statement, in joules. */
    record Prices(double decode, double prompt, double cached, double attention) {
        double joules(Work work) {
            return decode * work.decodes
                    + prompt * work.prompts
                    + cached * work.cached
                    + attention * work.attention;
        }
    }

    /** Prices that keep (1) to (3) and are best, or nearly, for that work. */
    static Prices prices(EnginePhysics physics, Work work) {
        return new RelaxedBound(physics).best(work);
    }

    /** Cells of (1) and (2): batch, most prefill tokens, and the least cost of either form. */
    private int tabulate() {
        int cell = 0;
        for (int b = 0; b <= limits.maxBatch(); b++) {
            for (int from = b == 0 ? 1 : 0; from + b <= limits.chunkTokens(); ) {
                int to =
                        from == 0 ? 0 : Math.min(from + PREFILL_STEP - 1, limits.chunkTokens() - b);
                batch[cell] = b;
                mostPrefill[cell] = to;
                least(cell, b, from);
                cell++;
                from = to + 1;
            }
        }
        return cell;
    }

    private void least(int cell, int decodes, int prefill) {
        IterationWork empty = work(decodes, prefill, 0, 0);
        IterationWork full = work(decodes, prefill, (long) capacity, 0);
        double watts = physics.fullClockWatts(empty);
        leastEmpty[cell] = Double.POSITIVE_INFINITY;
        leastFull[cell] = Double.POSITIVE_INFINITY;
        for (int clock = 0; clock < clocks; clock++) {
            double above = watts * physics.relativeBusyWatts(clock) - idleWatts;
            leastEmpty[cell] =
                    Math.min(leastEmpty[cell], physics.iterationSeconds(empty, clock) * above);
            leastFull[cell] =
                    Math.min(leastFull[cell], physics.iterationSeconds(full, clock) * above);
        }
    }

    /** (3): power rises with the load, so the smallest iteration is the cheapest. */
    private double leastAttentionJoules() {
        IterationWork none = work(0, 1, 0, 0);
        IterationWork some = work(0, 1, 0, PROBE_TOKENS);
        double least = Double.POSITIVE_INFINITY;
        for (int clock = 0; clock < clocks; clock++) {
            double seconds =
                    physics.iterationSeconds(some, clock) - physics.iterationSeconds(none, clock);
            double above =
                    physics.fullClockWatts(none) * physics.relativeBusyWatts(clock) - idleWatts;
            least = Math.min(least, seconds / PROBE_TOKENS * above);
        }
        return least;
    }

    private static IterationWork work(int decodes, int prefill, long kvTokens, double attention) {
        int prefilling = prefill > 0 ? 1 : 0;
        return new IterationWork(
                decodes + prefilling, decodes, prefill, prefilling, kvTokens, attention);
    }

    private Prices best(Work work) {
        double low = 0;
        double high = greatestPrefillJoules();
        for (int i = 0; i < SEARCH_STEPS; i++) {
            double left = low + (high - low) / 3;
            double right = high - (high - low) / 3;
            if (best(left, work).joules(work) < best(right, work).joules(work)) {
                low = left;
            } else {
                high = right;
            }
        }
        return best((low + high) / 2, work);
    }

    private double greatestPrefillJoules() {
        double most = Double.POSITIVE_INFINITY;
        for (int cell = 0; cell < cells; cell++) {
            if (mostPrefill[cell] > 0) {
                most = Math.min(most, leastEmpty[cell] / mostPrefill[cell]);
            }
        }
        return most;
    }

    /** The best prices with that {@code e_p}. */
    private Prices best(double prompt, Work work) {
        double low = 0;
        double high = greatestDecodeJoules(prompt);
        for (int i = 0; i < SEARCH_STEPS; i++) {
            double left = low + (high - low) / 3;
            double right = high - (high - low) / 3;
            if (prices(left, prompt).joules(work) < prices(right, prompt).joules(work)) {
                low = left;
            } else {
                high = right;
            }
        }
        return prices((low + high) / 2, prompt);
    }

    private Prices prices(double decode, double prompt) {
        return new Prices(decode, prompt, cacheJoules(decode, prompt), attentionJoules);
    }

    private double greatestDecodeJoules(double prefillJoules) {
        double most = Double.POSITIVE_INFINITY;
        for (int cell = 0; cell < cells; cell++) {
            if (batch[cell] > 0) {
                most =
                        Math.min(
                                most,
                                (leastEmpty[cell] - prefillJoules * mostPrefill[cell])
                                        / batch[cell]);
            }
        }
        return Math.max(0, most);
    }

    /** The greatest {@code e_kv} that (2) leaves; (1) holds by the choice of the other two. */
    private double cacheJoules(double decodeJoules, double prefillJoules) {
        double least = Double.POSITIVE_INFINITY;
        for (int cell = 0; cell < cells; cell++) {
            least =
                    Math.min(
                            least,
                            leastFull[cell]
                                    - decodeJoules * batch[cell]
                                    - prefillJoules * mostPrefill[cell]);
        }
        return Math.max(0, least) / capacity;
    }
}
