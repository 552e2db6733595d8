package dev.lowgear.simulator.run;

import dev.lowgear.core.projection.ScoreboardEntry;
import dev.lowgear.core.slo.Latencies;
import dev.lowgear.core.slo.SloTargets;
import dev.lowgear.core.slo.Target;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** How the requests of a run fare, while it runs. */
final class Outcomes {
    private long[] ttfts = new long[1024];
    private long[] e2es = new long[1024];
    private long[] gaps = new long[1024];
    private int finished;
    private int gapped;
    private int counted;
    private int ttftMet;
    private int tbtMet;
    private int e2eMet;
    private int allMet;
    private int lost;
    private long tokens;

    /** It got its last token; what it missed. */
    Set<Target> finished(ScoreboardEntry entry) {
        Latencies latencies = entry.latencies();
        if (finished == ttfts.length) {
            ttfts = Arrays.copyOf(ttfts, 2 * finished);
            e2es = Arrays.copyOf(e2es, 2 * finished);
            gaps = Arrays.copyOf(gaps, 2 * finished);
        }
        ttfts[finished] = latencies.ttft();
        e2es[finished] = latencies.e2e();
        finished++;
        Latencies.Gaps between = latencies.gaps();
        if (between != null) {
            gaps[gapped++] = between.mean();
        }
        tokens += entry.generated();
        Set<Target> missed = latencies.missed(entry.promise().targets());
        count(entry, missed);
        return missed;
    }

    /** The run ended before it did: it counts if it is past a deadline. */
    void unfinished(ScoreboardEntry entry, long nowNanos) {
        tokens += entry.generated();
        Set<Target> missed = missedSoFar(entry, nowNanos);
        if (!missed.isEmpty()) {
            count(entry, missed);
        }
    }

    private static Set<Target> missedSoFar(ScoreboardEntry entry, long nowNanos) {
        SloTargets targets = entry.promise().targets();
        Set<Target> missed = EnumSet.noneOf(Target.class);
        long age = nowNanos - entry.arrivalNanos();
        long first = entry.hasFirstToken() ? entry.firstTokenNanos() - entry.arrivalNanos() : age;
        if (first > targets.nanos(Target.TTFT)) {
            missed.add(Target.TTFT);
        }
        if (age > targets.nanos(Target.E2E)) {
            missed.add(Target.E2E);
        }
        long mean = targets.nanos(Target.TBT_MEAN);
        if (entry.hasFirstToken()
                && mean != Long.MAX_VALUE
                && nowNanos - entry.firstTokenNanos() > entry.generated() * mean) {
            missed.add(Target.TBT_MEAN);
        }
        return missed;
    }

    private void count(ScoreboardEntry entry, Set<Target> missed) {
        counted++;
        ttftMet += missed.contains(Target.TTFT) ? 0 : 1;
        e2eMet += missed.contains(Target.E2E) ? 0 : 1;
        boolean gapsMissed = missed.contains(Target.TBT_MEAN) || missed.contains(Target.TBT_TAIL);
        tbtMet += gapsMissed ? 0 : 1;
        allMet += missed.isEmpty() ? 1 : 0;
        lost += entry.wasLostOnArrival() ? 1 : 0;
    }

    Promises promises() {
        return new Promises(counted, finished, ttftMet, tbtMet, e2eMet, allMet, lost);
    }

    long tokens() {
        return tokens;
    }

    Quantiles ttft() {
        return Quantiles.ofNanos(ttfts, finished);
    }

    /** Of the mean time between the tokens of each request that has at least two. */
    Quantiles tbt() {
        return Quantiles.ofNanos(gaps, gapped);
    }

    Quantiles e2e() {
        return Quantiles.ofNanos(e2es, finished);
    }
}
