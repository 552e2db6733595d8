package dev.lowgear.launcher.demo;

import dev.lowgear.launcher.chat.Outcome;
import dev.lowgear.launcher.chat.Percentile;
import dev.lowgear.launcher.chat.StreamTimes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What the clients of one engine saw. Attainment counts every request that was sent: completed in
 * time over completed, rejected, failed and unfinished.
 */
final class ClientTally {
    private final Targets targets;
    private final List<StreamTimes> completed = new ArrayList<>();
    private final Map<String, Integer> failures = new TreeMap<>();
    private long tokens;
    private int attained;
    private int sent;

    ClientTally(Targets targets) {
        this.targets = targets;
    }

    synchronized void sent() {
        sent++;
    }

    synchronized void ended(Outcome outcome) {
        switch (outcome) {
            case Outcome.Completed(var times, var count) -> {
                completed.add(times);
                tokens += count;
                attained += targets.areMetBy(times) ? 1 : 0;
            }
            case Outcome.Failed(var reason) -> failures.merge(reason, 1, Integer::sum);
        }
    }

    /** What has been seen so far. */
    synchronized Seen seen() {
        int failed = failures.values().stream().mapToInt(Integer::intValue).sum();
        return new Seen(
                sent,
                completed.size(),
                failed,
                Map.copyOf(failures),
                tokens,
                attained,
                Percentile.of(each(StreamTimes::ttftMs), 0.99),
                Percentile.of(allGaps(), 0.99),
                Percentile.of(each(StreamTimes::e2eMs), 0.99));
    }

    /** How many requests were sent, have ended, and met their targets: cheap, for a live table. */
    synchronized Progress progress() {
        int failed = failures.values().stream().mapToInt(Integer::intValue).sum();
        return new Progress(sent, completed.size() + failed, attained);
    }

    private double[] each(ToDoubleFunction<StreamTimes> value) {
        return completed.stream().mapToDouble(value).toArray();
    }

    private double[] allGaps() {
        return completed.stream()
                .map(StreamTimes::gapsMs)
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    /**
     * How far the traffic is.
     *
     * @param sent requests sent
     * @param ended of these, those that ended in any way
     * @param attained of these, those that met all their targets
     */
    record Progress(int sent, int ended, int attained) {
        /** Of those that ended; 1 before the first. */
        double attainment() {
            return ended == 0 ? 1 : (double) attained / ended;
        }
    }

    /**
     * Everything that was seen.
     *
     * @param sent requests sent
     * @param completed requests answered in full
     * @param failed requests that were not
     * @param failures the reasons, and how often each
     * @param tokens received
     * @param attained requests that met all their targets
     * @param ttftP99Ms 99th percentile over requests
     * @param gapP99Ms 99th percentile over all gaps between tokens
     * @param e2eP99Ms 99th percentile over requests
     */
    record Seen(
            int sent,
            int completed,
            int failed,
            Map<String, Integer> failures,
            long tokens,
            int attained,
            double ttftP99Ms,
            double gapP99Ms,
            double e2eP99Ms) {
        /** Over everything that was sent. */
        double attainment() {
            return sent == 0 ? 1 : (double) attained / sent;
        }
    }
}
