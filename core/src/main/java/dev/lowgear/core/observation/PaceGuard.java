package dev.lowgear.core.observation;

import dev.lowgear.core.projection.ScoreboardEntry;
import dev.lowgear.core.slo.SloTargets;
import dev.lowgear.core.slo.Target;

import java.util.Collection;

/**
 * The longest pace that no running request's deadline forbids (Lowgear algorithms, §5c):
 *
 * <pre>
 *   min over decoding i of  slack_i / (1.3 · q80(remaining tokens of i))     slack_i = arrival + E2E − now
 *   and, for TBT targets below 150 ms,  firstToken + (tokens + 4)·TBT − now
 * </pre>
 *
 * <p>Requests that are late already, or that would be even without rest, are skipped: no pace saves
 * them, and they must not forbid everyone's.
 *
 * <p><b>Worked example</b>: 13 s left and 100 tokens to come with 80 % certainty allow 13 s / (1.3
 * · 100) = 100 ms between iterations.
 */
public final class PaceGuard {
    private static final double RESERVE = 1.3;
    private static final double QUANTILE = .8;
    private static final int TOKENS_AHEAD = 4;
    private static final long TIGHT_TBT_NANOS = 150_000_000;

    private PaceGuard() {}

    /**
     * The guard in microseconds; {@link Long#MAX_VALUE} where nothing forbids any pace.
     *
     * @param iterationMicros what an iteration takes now without rest
     */
    public static long micros(
            Collection<ScoreboardEntry> entries, double iterationMicros, long nowNanos) {
        double guard = Double.POSITIVE_INFINITY;
        for (ScoreboardEntry entry : entries) {
            if (entry.isDecoding() && entry.imposesDeadlines()) {
                guard = Math.min(guard, endToEnd(entry, iterationMicros, nowNanos));
                guard = Math.min(guard, nextToken(entry, iterationMicros, nowNanos));
            }
        }
        return guard == Double.POSITIVE_INFINITY ? Long.MAX_VALUE : (long) guard;
    }

    private static double endToEnd(ScoreboardEntry entry, double iterationMicros, long nowNanos) {
        long promised = entry.promise().targets().nanos(Target.E2E);
        if (promised == Long.MAX_VALUE) {
            return Double.POSITIVE_INFINITY;
        }
        double slackMicros = (promised - (nowNanos - entry.arrivalNanos())) / 1e3;
        int remaining = entry.curve().furtherTokens(QUANTILE, entry.generated());
        return slackMicros <= remaining * iterationMicros
                ? Double.POSITIVE_INFINITY
                : slackMicros / (RESERVE * remaining);
    }

    private static double nextToken(ScoreboardEntry entry, double iterationMicros, long nowNanos) {
        SloTargets targets = entry.promise().targets();
        long promised = targets.nanos(Target.TBT_MEAN);
        if (promised >= TIGHT_TBT_NANOS) {
            return Double.POSITIVE_INFINITY;
        }
        long due = (entry.generated() + TOKENS_AHEAD) * promised;
        double leftMicros = (due - (nowNanos - entry.firstTokenNanos())) / 1e3;
        return leftMicros <= iterationMicros ? Double.POSITIVE_INFINITY : leftMicros;
    }
}
