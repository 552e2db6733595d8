package dev.lowgear.simulator.policy;

import dev.lowgear.core.gear.ClockRange;
import dev.lowgear.core.gear.GearChoice;
import dev.lowgear.core.gear.GearPolicy;
import dev.lowgear.core.gear.Situation;
import dev.lowgear.core.observation.EngineLoad;
import dev.lowgear.core.observation.FinishedRequest;
import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.slo.Latencies;

import java.util.Arrays;

/**
 * Purdue's model-predictive control over four iterations (Kong, Basit, Liu, Hu; JonnyKong/vllm,
 * {@code mp_freq_modulator.py}; the prefill tier of BiScale, arXiv 2602.18755).
 *
 * <p>The next four iterations are replayed: decoding requests go on, prompts are prefilled chunk by
 * chunk. All four begin at the highest clock; then, clock by clock down the list, every way to move
 * some of those at the clock before to the next lower one is weighed, and the cheapest is taken
 * among those that keep
 *
 * <pre>
 *   max_j t_j ≤ TBT            waited + Σ_{i ≤ j} t_i ≤ TTFT   for a prompt complete in iteration j
 * </pre>
 *
 * until none does. The clock of the first iteration is used; the highest one while the KV cache is
 * nine tenths full.
 *
 * <p>Its default objective is mean power, which goes down with the clock even where energy goes up;
 * energy is its other one and is used here ({@code mpc-4}), with power for comparison ({@code
 * mpc-4-power}). What differs: models are the run's table; the token budget is the engine's; TBT is
 * {@link AnswerGap}'s times a share, as it knows no end-to-end target; without a promised TTFT that
 * condition is silent. The ten clocks are evenly spread over the ladder, as its own lists are.
 */
final class FourStepMpc implements GearPolicy.Planning, ListeningPolicy {
    private static final int STEPS = 4;
    private static final int CLOCKS = 10;
    private static final double FULL = .9;
    private static final double TUNED_SHARE = .85;

    /** What is minimised over the four iterations. */
    enum Objective {
        ENERGY,
        POWER
    }

    private final Objective objective;
    private final double share;
    private final AnswerGap gap = new AnswerGap();

    /** Of least energy, with the share that suits it here. */
    static FourStepMpc ofEnergy() {
        return new FourStepMpc(Objective.ENERGY, TUNED_SHARE);
    }

    /** Of least mean power, with the same share. */
    static FourStepMpc ofPower() {
        return new FourStepMpc(Objective.POWER, TUNED_SHARE);
    }

    FourStepMpc(Objective objective, double share) {
        this.objective = objective;
        this.share = share;
    }

    @Override
    public String name() {
        return objective == Objective.ENERGY ? "mpc-4" : "mpc-4-power";
    }

    @Override
    public void finished(FinishedRequest request, Latencies latencies, int tokens) {
        gap.finished(tokens);
    }

    @Override
    public GearChoice choose(Situation situation) {
        ClockRange clocks = situation.clocks();
        EngineLoad load = situation.load();
        if (load.kvTokens() >= FULL * load.kvCapacityTokens()) {
            return Choices.highest(clocks, "the KV cache is nine tenths full: highest clock");
        }
        int[] list = list(clocks);
        var steps = new Steps(situation, list);
        double tbt = share * gap.micros(situation);
        int[] chosen = new int[STEPS];
        Arrays.fill(chosen, list.length - 1);
        if (!steps.keeps(chosen, tbt)) {
            return Choices.highest(clocks, "no clock keeps the next four iterations in time");
        }
        for (int lower = list.length - 2; lower >= 0; lower--) {
            if (!descend(chosen, lower, steps, tbt)) {
                break;
            }
        }
        return Choices.lowest(
                clocks,
                clocks.ladder().mhz(list[chosen[0]]),
                "cheapest clocks for the next four iterations");
    }

    /** Moves the best subset of those at the clock above; whether there was one worth moving. */
    private boolean descend(int[] chosen, int lower, Steps steps, double tbt) {
        int[] best = chosen.clone();
        double least =
                objective == Objective.ENERGY ? steps.cost(chosen, objective) : Double.MAX_VALUE;
        boolean moved = false;
        for (int subset = 1; subset < 1 << STEPS; subset++) {
            int[] candidate = chosen.clone();
            boolean possible = true;
            for (int step = 0; step < STEPS; step++) {
                if ((subset >> step & 1) == 1) {
                    possible &= chosen[step] == lower + 1;
                    candidate[step] = lower;
                }
            }
            if (possible && steps.keeps(candidate, tbt)) {
                double cost = steps.cost(candidate, objective);
                if (cost < least) {
                    least = cost;
                    best = candidate;
                    moved = true;
                }
            }
        }
        System.arraycopy(best, 0, chosen, 0, STEPS);
        return moved;
    }

    private static int[] list(ClockRange clocks) {
        int[] list = new int[CLOCKS];
        for (int i = 0; i < CLOCKS; i++) {
            list[i] =
                    clocks.lowest()
                            + Math.round(
                                    (float) i
                                            * (clocks.highest() - clocks.lowest())
                                            / (CLOCKS - 1));
        }
        return list;
    }

    /** Time and watts of the next four iterations at each clock of the list. */
    private static final class Steps {
        private final double[][] micros;
        private final double[][] watts;
        private final int dueStep;
        private final double dueMicros;

        Steps(Situation situation, int[] list) {
            EngineLoad load = situation.load();
            PerformanceModel model = situation.model();
            micros = new double[STEPS][list.length];
            watts = new double[STEPS][list.length];
            double batch = load.running();
            double kv = (double) load.kvTokens();
            double backlog = (double) load.queuedPrefillTokens();
            int prompts = load.prefilling() + load.waiting();
            double each = prompts == 0 ? 0 : backlog / prompts;
            double done = 0;
            for (int step = 0; step < STEPS; step++) {
                double chunk =
                        Math.min(backlog, Math.max(1, situation.engine().chunkTokens() - batch));
                for (int clock = 0; clock < list.length; clock++) {
                    micros[step][clock] = model.iterationMicros(list[clock], batch, kv, chunk);
                    watts[step][clock] = model.busyWatts(list[clock], batch, kv, chunk);
                }
                kv += batch + chunk;
                backlog -= chunk;
                done += chunk;
                if (each > 0) {
                    double begun = Math.floor(done / each + 1e-9);
                    batch = load.running() + Math.min(prompts, begun);
                }
            }
            int chunks = PrefillWaits.chunks(situation);
            boolean due = chunks > 0 && PrefillWaits.isPromised(situation);
            dueStep = due ? Math.min(chunks, STEPS) - 1 : STEPS;
            dueMicros =
                    chunks <= STEPS
                            ? PrefillWaits.leastMicros(situation)
                            : PrefillWaits.leastMicros(situation) * STEPS / chunks;
        }

        boolean keeps(int[] chosen, double tbt) {
            double elapsed = 0;
            for (int step = 0; step < STEPS; step++) {
                double each = micros[step][chosen[step]];
                if (each > tbt) {
                    return false;
                }
                elapsed += each;
                if (step == dueStep && elapsed > dueMicros) {
                    return false;
                }
            }
            return true;
        }

        double cost(int[] chosen, Objective objective) {
            double joules = 0;
            double elapsed = 0;
            for (int step = 0; step < STEPS; step++) {
                double each = micros[step][chosen[step]];
                joules += each * watts[step][chosen[step]];
                elapsed += each;
            }
            return objective == Objective.ENERGY ? joules : joules / elapsed;
        }
    }
}
