package dev.lowgear.simulator.hindsight;

import dev.lowgear.core.engine.EngineLimits;

import java.util.Arrays;

/**
 * Whether a request may start, by core's admission for room with the lengths known: a place in the
 * batch, and a KV cache that will hold everything until each request's last token.
 */
final class KnownRoom {
    private final KnownTraffic work;
    private final EngineLimits limits;
    private final long[] tokensLeft;

    KnownRoom(KnownTraffic work, EngineLimits limits) {
        this.work = work;
        this.limits = limits;
        tokensLeft = new long[limits.maxBatch() + 1];
    }

    /**
     * Whether the next request in line fits beside those admitted.
     *
     * @param decoding those that decode
     * @param prefilled the first request admitted that does not decode yet
     * @param admitted the next request in line
     * @param iteration iterations so far
     */
    boolean admits(DecodingRequests decoding, int prefilled, int admitted, long iteration) {
        int present = decoding.size() + admitted - prefilled;
        if (present == 0) {
            return true;
        }
        if (present >= limits.maxBatch()) {
            return false;
        }
        return reserved(decoding, prefilled, admitted) <= limits.kvBlocks()
                || peak(decoding, prefilled, admitted, iteration) <= limits.kvBlocks();
    }

    /** Blocks if all were as long as they will be at once: an upper bound that is soon had. */
    private long reserved(DecodingRequests decoding, int prefilled, int admitted) {
        long blocks = 0;
        for (int i = 0; i < decoding.size(); i++) {
            blocks += finalBlocks(decoding.request(i));
        }
        for (int request = prefilled; request <= admitted; request++) {
            blocks += finalBlocks(request);
        }
        return blocks;
    }

    private int finalBlocks(int request) {
        return limits.blocksFor(work.promptTokens[request] + work.outputTokens[request]);
    }

    /**
     * The most blocks held at any of the last tokens to come. Prompts not yet decoded are taken to
     * decode from now on, one token an iteration, as the others.
     */
    private long peak(DecodingRequests decoding, int prefilled, int admitted, long iteration) {
        int present = 0;
        for (int i = 0; i < decoding.size(); i++) {
            tokensLeft[present++] = decoding.last(i) - iteration;
        }
        for (int request = prefilled; request <= admitted; request++) {
            tokensLeft[present++] = work.outputTokens[request];
        }
        long peak = 0;
        for (int i = 0; i < present; i++) {
            peak = Math.max(peak, blocksAt(tokensLeft[i], decoding, prefilled, admitted));
        }
        Arrays.fill(tokensLeft, 0, present, 0);
        return peak;
    }

    private long blocksAt(long when, DecodingRequests decoding, int prefilled, int admitted) {
        long blocks = 0;
        int present = 0;
        for (int i = 0; i < decoding.size(); i++) {
            blocks += blocks(decoding.request(i), tokensLeft[present++], when);
        }
        for (int request = prefilled; request <= admitted; request++) {
            blocks += blocks(request, tokensLeft[present++], when);
        }
        return blocks;
    }

    private int blocks(int request, long left, long when) {
        return left < when
                ? 0
                : limits.blocksFor(
                        (int)
                                (work.promptTokens[request]
                                        + work.outputTokens[request]
                                        - (left - when)));
    }
}
