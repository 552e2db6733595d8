package dev.lowgear.core.projection;

import dev.lowgear.core.slo.Latencies;

import java.util.Arrays;

/** The gaps between the tokens of one request, kept whole: their 99th percentile is exact. */
final class TokenGaps {
    private long[] nanos = new long[64];
    private int count;
    private long sum;

    void add(long gapNanos) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = gapNanos;
        sum += gapNanos;
    }

    boolean isEmpty() {
        return count == 0;
    }

    Latencies.Gaps summary() {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int rank = (99 * count + 99) / 100;
        return new Latencies.Gaps(sum / count, sorted[rank - 1]);
    }
}
