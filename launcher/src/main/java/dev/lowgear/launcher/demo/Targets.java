package dev.lowgear.launcher.demo;

import dev.lowgear.launcher.chat.StreamTimes;

import org.jspecify.annotations.Nullable;

/**
 * The targets of a policy, each a plain value that every single request has to meet; absent where
 * there is none.
 *
 * @param ttftMs time to first token
 * @param tbtMeanMs mean time between a request's tokens
 * @param tbtTailMs 99th percentile of a request's own gaps
 * @param e2eMs end-to-end latency
 * @param attainment the share of requests that has to meet all of them
 */
public record Targets(
        @Nullable Double ttftMs,
        @Nullable Double tbtMeanMs,
        @Nullable Double tbtTailMs,
        @Nullable Double e2eMs,
        double attainment) {

    boolean areMetBy(StreamTimes times) {
        return within(times.ttftMs(), ttftMs)
                && within(times.meanGapMs(), tbtMeanMs)
                && within(times.tailGapMs(), tbtTailMs)
                && within(times.e2eMs(), e2eMs);
    }

    private static boolean within(double value, @Nullable Double limit) {
        return limit == null || value <= limit;
    }
}
