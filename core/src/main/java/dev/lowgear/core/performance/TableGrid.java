package dev.lowgear.core.performance;

import dev.lowgear.core.engine.EngineLimits;
import dev.lowgear.core.gpu.ClockLadder;

import java.util.Arrays;

/**
 * Where a table holds cells: every supported clock times the knots of batch, KV tokens and prefill
 * tokens. Cells lie in one array with the clock innermost, so that a plan that asks one load at
 * every clock reads neighbouring memory.
 *
 * @param clocks every supported clock
 * @param batch knots of decoding requests
 * @param kvTokens knots of KV-cache tokens
 * @param prefillTokens knots of prompt tokens prefilled in one iteration
 */
public record TableGrid(ClockLadder clocks, Knots batch, Knots kvTokens, Knots prefillTokens) {
    /**
     * Most cells a table may have: two arrays of floats, in Base64, stay under 1 MB on the wire.
     */
    public static final int MAXIMUM_CELLS = 90_000;

    private static final double[] KV_SHARES = {0, .125, .25, .5, 1};
    private static final double[] PREFILL_SHARES = {0, .0625, .125, .25, .375, .5, 1};

    public TableGrid {
        long cells = (long) clocks.size() * batch.size() * kvTokens.size() * prefillTokens.size();
        if (cells > MAXIMUM_CELLS) {
            throw new IllegalArgumentException(
                    "a table has at most " + MAXIMUM_CELLS + " cells, this one " + cells);
        }
    }

    /**
     * A grid over all an engine can be asked: batch in half octaves, KV and prefill denser where
     * engines run most.
     *
     * @param maximumBatch most requests in one iteration, at least 1
     * @param kvCapacityTokens KV tokens there are
     * @param chunkTokens token budget of one iteration
     */
    public static TableGrid covering(
            ClockLadder clocks, int maximumBatch, long kvCapacityTokens, int chunkTokens) {
        if (maximumBatch < 1 || kvCapacityTokens < 1 || chunkTokens < 1) {
            throw new IllegalArgumentException(
                    "an engine has a batch, KV tokens and a chunk: %d, %d, %d"
                            .formatted(maximumBatch, kvCapacityTokens, chunkTokens));
        }
        return new TableGrid(
                clocks,
                batchKnots(maximumBatch),
                shares(KV_SHARES, (double) kvCapacityTokens),
                shares(PREFILL_SHARES, chunkTokens));
    }

    /** A grid over all that an engine with these limits can be asked. */
    public static TableGrid covering(ClockLadder clocks, EngineLimits limits) {
        return covering(clocks, limits.maxBatch(), limits.kvCapacityTokens(), limits.chunkTokens());
    }

    private static Knots batchKnots(int maximumBatch) {
        double[] knots = new double[64];
        int size = 1;
        for (int octave = 1; octave < maximumBatch; octave *= 2) {
            knots[size++] = octave;
            int between = octave + octave / 2;
            if (octave >= 16 && between < maximumBatch) {
                knots[size++] = between;
            }
        }
        knots[size++] = maximumBatch;
        return Knots.of(Arrays.copyOf(knots, size));
    }

    private static Knots shares(double[] shares, double whole) {
        double[] knots = new double[shares.length];
        for (int i = 0; i < knots.length; i++) {
            knots[i] = shares[i] * whole;
        }
        return Knots.of(knots);
    }

    /** How many cells there are. */
    public int cells() {
        return clocks.size() * batch.size() * kvTokens.size() * prefillTokens.size();
    }

    /** Where the cell of these knots lies in a table's arrays. */
    public int cell(int clockIndex, int batchKnot, int kvKnot, int prefillKnot) {
        return ((batchKnot * kvTokens.size() + kvKnot) * prefillTokens.size() + prefillKnot)
                        * clocks.size()
                + clockIndex;
    }

    /** Lengths of the axes, outermost first: batch, KV tokens, prefill tokens, clock. */
    int[] shape() {
        return new int[] {batch.size(), kvTokens.size(), prefillTokens.size(), clocks.size()};
    }
}
