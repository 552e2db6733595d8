package dev.lowgear.core.gear;

import dev.lowgear.core.gpu.ClockLadder;

/**
 * Which clock to try while no trusted table exists: eight rungs from half to the whole of the
 * highest clock, evenly spaced, each once per round, in an order shuffled anew for each round by
 * the seed. Shuffling keeps the tried clock independent of slow changes of load, which a sweep
 * would confound with it.
 */
public final class ExplorationLadder {
    /** How many rungs a round has. */
    public static final int RUNGS = 8;

    private static final double LOWEST = 0.5;

    private ExplorationLadder() {}

    /** The distance between two rungs in MHz: what counts as one step beyond a trusted region. */
    public static int stepMhz(ClockLadder ladder) {
        return (int) (ladder.highest() * (1 - LOWEST) / (RUNGS - 1));
    }

    /**
     * The clock index to hold in step {@code step}.
     *
     * @param seed the engine's own seed
     * @param step counted from 0
     */
    public static int clockIndex(ClockLadder ladder, long seed, int step) {
        int rung = order(seed, step / RUNGS)[step % RUNGS];
        double relative = LOWEST + (1 - LOWEST) * rung / (RUNGS - 1);
        return ladder.indexAtLeast((int) (ladder.highest() * relative));
    }

    /** The rungs of one round: a Fisher–Yates shuffle driven by {@link #mix}. */
    private static int[] order(long seed, int round) {
        int[] rungs = new int[RUNGS];
        for (int i = 0; i < RUNGS; i++) {
            rungs[i] = i;
        }
        long state = mix(seed + round * GOLDEN_GAMMA);
        for (int i = RUNGS - 1; i > 0; i--) {
            state = mix(state + GOLDEN_GAMMA);
            int other = (int) Long.remainderUnsigned(state, i + 1);
            int held = rungs[i];
            rungs[i] = rungs[other];
            rungs[other] = held;
        }
        return rungs;
    }

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    /** SplitMix64's finaliser (Steele, Lea, Flood 2014): a bijection that scatters every bit. */
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
