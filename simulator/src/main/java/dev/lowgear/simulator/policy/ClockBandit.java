package dev.lowgear.simulator.policy;

import dev.lowgear.core.gear.ClockRange;
import dev.lowgear.core.gear.GearChoice;
import dev.lowgear.core.gear.GearPolicy;
import dev.lowgear.core.gear.GearReason;
import dev.lowgear.core.gear.Situation;
import dev.lowgear.core.observation.EngineLoad;
import dev.lowgear.core.observation.FinishedRequest;
import dev.lowgear.core.physics.IterationCompleted;
import dev.lowgear.core.slo.Latencies;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * AGFT (Ye, Zhang, Tang, arXiv 2508.01744): a contextual bandit over clocks that knows no model of
 * the engine, only what its metrics endpoint and the energy counter say.
 *
 * <pre>
 *   window  0.8 s          context  queue?, prompt tokens, generated tokens, packing, running,
 *                                   cache use, prefix hits (0 here), standardised, and 1
 *   reward = 2·(1 − min(2, EDP/EDP_base)), EDP = joules · mean time per output token
 *   EDP_base = 0.9 · mean of the first ten windows at the default clock
 *   arm = argmax of LinUCB's index ({@link LinearArm}), α = max(0.1, 10·e^(−0.02·round))
 * </pre>
 *
 * <p>Arms begin 90 MHz apart over the whole ladder; every 100 rounds the neighbours of the best arm
 * join, 15 MHz apart. An arm leaves when its mean is below −1.2 after 3 tries in the first 60
 * rounds, or, after 6, more than four standard errors below the best one's; one that leaves below
 * 800/1410 of the highest clock takes those below it along. A window in which a request missed a
 * target costs one, and the next one runs at the highest clock. Windows that were mostly idle teach
 * nothing. Ties fall by the seed.
 */
final class ClockBandit implements GearPolicy.Planning, ListeningPolicy {
    private static final double WINDOW_SECONDS = .8;
    private static final double LONGEST_WINDOW_SECONDS = 1.6;
    private static final int FEATURES = 7;
    private static final int BASE_WINDOWS = 10;
    private static final double BASE_SHARE = .9;
    private static final double FIRST_ALPHA = 10;
    private static final double LAST_ALPHA = .1;
    private static final double ALPHA_DECAY = .02;
    private static final int FIRST_STEP_MHZ = 90;
    private static final int REFINED_REACH_MHZ = 75;
    private static final int REFINE_EVERY = 100;
    private static final int EARLY_ROUNDS = 60;
    private static final int EARLY_TRIES = 3;
    private static final double HOPELESS = -1.2;
    private static final int TRIES_TO_JUDGE = 6;
    private static final double ERRORS_APART = 4;
    private static final double CASCADE_BELOW = 800 / 1410.;
    private static final double MISS_PENALTY = 1;
    private static final double JITTER = 1e-6;

    private final SplittableRandom random;
    private final TreeMap<Integer, LinearArm> arms = new TreeMap<>();
    private final StandardScores scores = new StandardScores(FEATURES);
    private ServedWindow window = new ServedWindow();
    private double baseSum;
    private int baseWindows;
    private int rounds;
    private int clockMhz;
    private double @Nullable [] context;
    private long windowStartNanos = Long.MIN_VALUE;
    private boolean recovers;

    ClockBandit(long seed) {
        random = new SplittableRandom(seed);
    }

    @Override
    public String name() {
        return "bandit";
    }

    @Override
    public void metered(IterationCompleted iteration) {
        window.iteration(iteration);
    }

    @Override
    public void finished(FinishedRequest request, Latencies latencies, int tokens) {
        window.answer(latencies, !request.missed().isEmpty());
    }

    @Override
    public GearChoice choose(Situation situation) {
        ClockRange clocks = situation.clocks();
        if (windowStartNanos == Long.MIN_VALUE) {
            spread(clocks);
            clockMhz = clocks.highestMhz();
            windowStartNanos = situation.nowNanos();
        }
        double seconds = (situation.nowNanos() - windowStartNanos) / 1e9;
        if (seconds >= WINDOW_SECONDS) {
            close(seconds);
            next(situation);
            window = new ServedWindow();
            windowStartNanos = situation.nowNanos();
        }
        return Choices.clock(
                clocks,
                clockMhz,
                GearReason.FEEDBACK,
                String.format(Locale.ROOT, "arm of round %d of a bandit", rounds));
    }

    private void spread(ClockRange clocks) {
        int highest = clocks.highestMhz();
        for (int mhz = highest; mhz >= clocks.lowestMhz(); mhz -= FIRST_STEP_MHZ) {
            arms.put(mhz, new LinearArm(FEATURES + 1));
        }
    }

    /** Learns from the window that ends, if it was one of service. */
    private void close(double seconds) {
        recovers = window.missed();
        if (window.isEmpty() || seconds > LONGEST_WINDOW_SECONDS) {
            return;
        }
        double energyDelay = window.energyDelay() / seconds;
        if (baseWindows < BASE_WINDOWS) {
            baseSum += energyDelay;
            baseWindows++;
            return;
        }
        LinearArm arm = arms.get(clockMhz);
        if (arm != null && context != null) {
            double base = BASE_SHARE * baseSum / baseWindows;
            double penalty = window.missed() ? MISS_PENALTY : 0;
            arm.learn(context, 2 * (1 - Math.min(2, energyDelay / base)) - penalty);
            rounds++;
            prune();
        }
    }

    /** The arm of the next window. */
    private void next(Situation situation) {
        ClockRange clocks = situation.clocks();
        context = context(situation);
        if (baseWindows < BASE_WINDOWS || recovers) {
            clockMhz = clocks.highestMhz();
            return;
        }
        if (rounds > 0 && rounds % REFINE_EVERY == 0) {
            refine(clocks);
        }
        double alpha = Math.max(LAST_ALPHA, FIRST_ALPHA * StrictMath.exp(-ALPHA_DECAY * rounds));
        double greatest = Double.NEGATIVE_INFINITY;
        for (var arm : arms.entrySet()) {
            double index = arm.getValue().index(context, alpha) + JITTER * random.nextDouble();
            if (index > greatest) {
                greatest = index;
                clockMhz = arm.getKey();
            }
        }
    }

    private double[] context(Situation situation) {
        EngineLoad load = situation.load();
        return scores.of(
                load.waiting() > 0 ? 1 : 0,
                (double) window.promptTokens(),
                (double) window.generatedTokens(),
                window.packing(),
                load.running(),
                (double) load.kvTokens() / Math.max(1, load.kvCapacityTokens()),
                0);
    }

    private void refine(ClockRange clocks) {
        int best = best().getKey();
        int from = clocks.ladder().indexAtLeast(best - REFINED_REACH_MHZ);
        int to = clocks.ladder().indexAtMost(best + REFINED_REACH_MHZ);
        for (int clock = Math.max(from, clocks.lowest());
                clock <= Math.min(to, clocks.highest());
                clock++) {
            arms.computeIfAbsent(clocks.ladder().mhz(clock), mhz -> new LinearArm(FEATURES + 1));
        }
    }

    /** The arm of the greatest mean reward; the highest clock's while none was tried. */
    private Map.Entry<Integer, LinearArm> best() {
        Map.Entry<Integer, LinearArm> best = arms.lastEntry();
        for (var arm : arms.entrySet()) {
            boolean better =
                    best.getValue().tries() == 0 || arm.getValue().mean() > best.getValue().mean();
            if (arm.getValue().tries() > 0 && better) {
                best = arm;
            }
        }
        return best;
    }

    private void prune() {
        int highest = arms.lastKey();
        int bestMhz = best().getKey();
        LinearArm best = best().getValue();
        int cascade = 0;
        for (var each = arms.entrySet().iterator(); each.hasNext(); ) {
            var arm = each.next();
            int mhz = arm.getKey();
            if (mhz != highest && mhz != bestMhz && isHopeless(arm.getValue(), best)) {
                each.remove();
                if (mhz < CASCADE_BELOW * highest && mhz < bestMhz) {
                    cascade = mhz;
                }
            }
        }
        if (cascade > 0) {
            arms.headMap(cascade).clear();
        }
    }

    private boolean isHopeless(LinearArm arm, LinearArm best) {
        boolean early =
                rounds <= EARLY_ROUNDS && arm.tries() >= EARLY_TRIES && arm.mean() < HOPELESS;
        double error = Math.max(arm.standardError(), best.standardError());
        return early
                || (arm.tries() >= TRIES_TO_JUDGE
                        && best.mean() - arm.mean() > ERRORS_APART * error);
    }
}
