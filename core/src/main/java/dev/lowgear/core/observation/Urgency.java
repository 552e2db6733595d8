package dev.lowgear.core.observation;

import dev.lowgear.core.projection.ScoreboardEntry;
import dev.lowgear.core.slo.SloTargets;
import dev.lowgear.core.slo.Target;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each policy's requests contribute to the urgency price (Lowgear algorithms, §5a):
 *
 * <pre>
 *   decoding            1 + w·min(1.5, age/E2E)³ + tbt
 *   queued, in prefill  wp·(1 + w·min(1.5, age/min(TTFT, E2E)))
 *   tbt                 w·2.5·max(0, min(1.5, ((now − first)/max(8, tokens))/TBT) − 0.6)   TBT &lt; 150 ms
 *   w = 5, wp = 2
 * </pre>
 *
 * <p>The price of time grows with the work in the system and with how much of its time each request
 * has used. A target that was not promised presses nothing, and a lost request that its policy does
 * not rescue is work and no more: one hopeless request must not burn everyone's energy.
 *
 * <p><b>Worked example</b> (E2E 20 s): decoding at half its time, 1 + 5·.125 = 1.625; queued for 2
 * s, 2·(1 + 5·.1) = 3; together U = 4.625.
 */
public final class Urgency {
    private static final double W = 5;
    private static final double WAITING = 2;
    private static final double CAP = 1.5;
    private static final double TBT_WEIGHT = 2.5;
    private static final double TBT_FREE = .6;
    private static final int FEWEST_TOKENS = 8;
    private static final long TIGHT_TBT_NANOS = 150_000_000;

    private Urgency() {}

    /** The load of each policy, by name. */
    public static List<PolicyLoad> byPolicy(Collection<ScoreboardEntry> entries, long nowNanos) {
        Map<String, Sum> sums = new TreeMap<>();
        for (ScoreboardEntry entry : entries) {
            sums.computeIfAbsent(entry.promise().policy(), name -> new Sum()).add(entry, nowNanos);
        }
        List<PolicyLoad> loads = new ArrayList<>(sums.size());
        sums.forEach((policy, sum) ->
                loads.add(new PolicyLoad(policy, sum.running, sum.waiting, sum.urgency, sum.lost)));
        return loads;
    }

    /** What one request contributes. */
    static double of(ScoreboardEntry entry, long nowNanos) {
        double base = entry.isDecoding() ? 1 : WAITING;
        if (!entry.imposesDeadlines()) {
            return base;
        }
        SloTargets targets = entry.promise().targets();
        long age = nowNanos - entry.arrivalNanos();
        long endToEnd = targets.nanos(Target.E2E);
        if (!entry.isDecoding()) {
            double used = used(age, Math.min(endToEnd, targets.nanos(Target.TTFT)));
            return base * (1 + W * used);
        }
        double used = used(age, endToEnd);
        return base + W * used * used * used + tbtTerm(entry, targets, nowNanos);
    }

    private static double tbtTerm(ScoreboardEntry entry, SloTargets targets, long nowNanos) {
        long promised = targets.nanos(Target.TBT_MEAN);
        if (promised >= TIGHT_TBT_NANOS) {
            return 0;
        }
        long decoding = nowNanos - entry.firstTokenNanos();
        double mean = (double) decoding / Math.max(FEWEST_TOKENS, entry.generated());
        return W * TBT_WEIGHT * Math.max(0, Math.min(CAP, mean / promised) - TBT_FREE);
    }

    private static double used(long ageNanos, long promisedNanos) {
        return promisedNanos == Long.MAX_VALUE
                ? 0
                : Math.clamp((double) ageNanos / promisedNanos, 0, CAP);
    }

    private static final class Sum {
        private int running;
        private int waiting;
        private int lost;
        private double urgency;

        void add(ScoreboardEntry entry, long nowNanos) {
            if (entry.isDecoding()) {
                running++;
            } else {
                waiting++;
            }
            if (entry.isLost()) {
                lost++;
            }
            urgency += of(entry, nowNanos);
        }
    }
}
