package dev.lowgear.core.projection;

import java.util.List;

/**
 * Expected decoding requests and KV blocks of chosen future iterations, with the variance of the
 * blocks: with {@code S_i(j)} the probability that request {@code i} is still there,
 *
 * <pre>
 *   B[j]      = Σ S_i(j)
 *   KV[j]     = Σ S_i(j) · ceil((tokens_i + (j − s_i) + 1) / N)
 *   Var KV[j] = Σ S_i(j)(1 − S_i(j)) · ceil(…)²         requests end independently
 * </pre>
 *
 * For point predictions {@code S_i} is a step from 1 to 0 and, asked about every iteration, these
 * are the vectors of throttLL'eM §3.3, variance 0 ({@link CertainLoads} adds those up).
 */
final class IterationLoads {
    private final int[] iterations;
    private final double[] batch;
    private final double[] blocks;
    private final double[] variance;

    private IterationLoads(int[] iterations) {
        this.iterations = iterations;
        this.batch = new double[iterations.length];
        this.blocks = new double[iterations.length];
        this.variance = new double[iterations.length];
    }

    /**
     * The loads of these iterations.
     *
     * @param iterations ascending; two neighbours may be the same
     */
    static IterationLoads of(List<Occupant> occupants, int[] iterations, int blockTokens) {
        IterationLoads loads = new IterationLoads(iterations);
        CertainLoads certain = new CertainLoads(iterations, blockTokens);
        for (Occupant occupant : occupants) {
            if (occupant.curve().isPoint()) {
                certain.add(occupant);
            } else {
                loads.add(occupant, blockTokens);
            }
        }
        certain.addTo(loads.batch, loads.blocks);
        return loads;
    }

    double batch(int index) {
        return batch[index];
    }

    double blocks(int index) {
        return blocks[index];
    }

    double variance(int index) {
        return variance[index];
    }

    private void add(Occupant occupant, int blockTokens) {
        double survivalNow = occupant.curve().beyond(occupant.generated());
        for (int i = 0; i < iterations.length; i++) {
            int iteration = iterations[i];
            if (iteration < occupant.start()) {
                continue;
            }
            double presence = occupant.presence(iteration, survivalNow);
            if (presence == 0) {
                return;
            }
            double held = occupant.blocks(iteration, blockTokens);
            batch[i] += presence;
            blocks[i] += presence * held;
            variance[i] += presence * (1 - presence) * held * held;
        }
    }
}
