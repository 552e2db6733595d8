package dev.lowgear.launcher.chat;

import java.util.Arrays;

/** When the tokens of one answer arrived, as its client saw it on its own monotonic clock. */
public final class StreamTimes {
    private final long sentNanos;
    private final long[] tokenNanos;
    private final long endNanos;

    /**
     * Times of one answer.
     *
     * @param sentNanos when the request was sent
     * @param tokenNanos when each token arrived, ascending; at least one
     * @param endNanos when the answer ended
     */
    public StreamTimes(long sentNanos, long[] tokenNanos, long endNanos) {
        if (tokenNanos.length == 0) {
            throw new IllegalArgumentException("an answer without a token");
        }
        this.sentNanos = sentNanos;
        this.tokenNanos = tokenNanos.clone();
        this.endNanos = endNanos;
    }

    public double ttftMs() {
        return (tokenNanos[0] - sentNanos) / 1e6;
    }

    public double e2eMs() {
        return (endNanos - sentNanos) / 1e6;
    }

    /** Zero for a single token. */
    public double meanGapMs() {
        int gaps = tokenNanos.length - 1;
        return gaps == 0 ? 0 : (tokenNanos[gaps] - tokenNanos[0]) / 1e6 / gaps;
    }

    /** 99th percentile of the gaps between its tokens; zero for a single token. */
    public double tailGapMs() {
        return Percentile.of(gapsMs(), 0.99);
    }

    /** The gaps between its tokens, in order. */
    public double[] gapsMs() {
        var gaps = new double[tokenNanos.length - 1];
        Arrays.setAll(gaps, i -> (tokenNanos[i + 1] - tokenNanos[i]) / 1e6);
        return gaps;
    }
}
