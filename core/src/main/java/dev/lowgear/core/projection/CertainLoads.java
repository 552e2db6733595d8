package dev.lowgear.core.projection;

/**
 * Batch and KV blocks of requests that end for certain, at many iterations together. Of {@code k}
 * requests and {@code m} iterations each request costs two searches instead of {@code m} divisions:
 * with {@code t} the tokens a request holds before iteration 0, a block and {@code N} tokens in it,
 *
 * <pre>
 *   ⌊(t + j)/N⌋ = ⌊t/N⌋ + ⌊j/N⌋ + [t mod N + j mod N ≥ N]
 * </pre>
 *
 * so it is enough to know, for each remainder {@code t mod N}, how many requests are there, as
 * differences from one iteration to the next.
 */
final class CertainLoads {
    private final int[] iterations;
    private final int blockTokens;

    /** Change of the requests with a remainder, by iteration and remainder. */
    private final int[] arrivals;

    /** Change of their whole blocks, by iteration. */
    private final long[] wholeBlocks;

    CertainLoads(int[] iterations, int blockTokens) {
        this.iterations = iterations;
        this.blockTokens = blockTokens;
        this.arrivals = new int[(iterations.length + 1) * blockTokens];
        this.wholeBlocks = new long[iterations.length + 1];
    }

    void add(Occupant occupant) {
        int tokens = occupant.tokensAtStart() - occupant.start() + blockTokens;
        int remainder = Math.floorMod(tokens, blockTokens);
        int whole = Math.floorDiv(tokens, blockTokens);
        int from = firstFrom(occupant.start());
        int to = firstFrom(occupant.end());
        arrivals[from * blockTokens + remainder]++;
        arrivals[to * blockTokens + remainder]--;
        wholeBlocks[from] += whole;
        wholeBlocks[to] -= whole;
    }

    /** Adds them to the batch and the blocks at these iterations. */
    void addTo(double[] batch, double[] blocks) {
        int[] there = new int[blockTokens];
        long whole = 0;
        for (int i = 0; i < iterations.length; i++) {
            whole += wholeBlocks[i];
            int carriesFrom = blockTokens - iterations[i] % blockTokens;
            int requests = 0;
            int carried = 0;
            for (int remainder = 0; remainder < blockTokens; remainder++) {
                there[remainder] += arrivals[i * blockTokens + remainder];
                requests += there[remainder];
                if (remainder >= carriesFrom) {
                    carried += there[remainder];
                }
            }
            batch[i] += requests;
            long each = iterations[i] / blockTokens;
            blocks[i] += (double) (whole + requests * each + carried);
        }
    }

    /** Index of the first of the iterations that is not before this one; their number if none. */
    private int firstFrom(int iteration) {
        int low = 0;
        int high = iterations.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (iterations[middle] < iteration) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
