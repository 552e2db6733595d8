package dev.lowgear.core.feasibility;

import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.projection.ScoreboardEntry;
import dev.lowgear.core.slo.SloTargets;
import dev.lowgear.core.slo.Target;

/**
 * Whether one request could still keep its promises if the engine ran at its highest clock without
 * rest from now on: a look at one entry instead of a whole projection. With {@code n} the median of
 * its further tokens, {@code Q} the prompt tokens to be prefilled up to and including its own, and
 * {@code t} the iteration time at the highest clock:
 *
 * <pre>
 *   first token = now + Q/(chunk − B) · t(B, KV, chunk − B)           0 if it has one
 *   last token  = first token + (n − 1) · t(B + 1, KV, 0)             n · t(B, KV, 0) if it decodes
 * </pre>
 *
 * It is lost when the first token is later than TTFT, the last later than E2E, or the gaps between
 * are longer than the mean-TBT target leaves room for. Batch and cache are taken to stay what they
 * are and nobody to arrive: a best case, so that what is called lost is.
 *
 * <p><b>Worked example</b>: 10 requests decode, 1,004 prompt tokens are ahead and its own 502 last,
 * a chunk holds 512: 3 iterations of 60 ms, then 99 of 20 ms, make 2.16 s.
 *
 * @param model predicts iterations
 * @param chunkTokens the engine's token budget per iteration
 * @param trim measured over predicted iteration time
 */
public record BestCase(PerformanceModel model, int chunkTokens, double trim) {
    private static final double MEDIAN = .5;

    /**
     * What the engine is doing.
     *
     * @param decoding requests that decode
     * @param kvTokens KV-cache tokens in use
     */
    public record Load(int decoding, double kvTokens) {}

    /**
     * Whether the entry misses a target even so.
     *
     * @param prefillAhead prompt tokens to be prefilled before its own
     */
    public boolean isLost(ScoreboardEntry entry, Load load, long prefillAhead, long nowNanos) {
        SloTargets targets = entry.promise().targets();
        int further = entry.curve().furtherTokens(MEDIAN, entry.generated());
        if (entry.isDecoding()) {
            double last = nowNanos + further * nanos(load.decoding(), load.kvTokens(), 0);
            return isLate(entry, last, further, targets);
        }
        int budget = Math.max(1, chunkTokens - load.decoding());
        double tokens = (double) prefillAhead + entry.prefillTokens();
        double prefill =
                tokens < budget
                        ? nanos(load.decoding(), load.kvTokens(), tokens)
                        : tokens / budget * nanos(load.decoding(), load.kvTokens(), budget);
        double gap = nanos(load.decoding() + 1, load.kvTokens() + entry.prefillTokens(), 0);
        double next = nowNanos + prefill;
        if (entry.hasFirstToken()) {
            return isLate(entry, next + (further - 1) * gap, further, targets);
        }
        return isAfter(next, entry.arrivalNanos(), targets.nanos(Target.TTFT))
                || isAfter(
                        next + (further - 1) * gap, entry.arrivalNanos(), targets.nanos(Target.E2E))
                || (further > 1 && gap > targets.nanos(Target.TBT_MEAN));
    }

    /** Whether one that has its first token gets its last one too late. */
    private static boolean isLate(
            ScoreboardEntry entry, double lastNanos, int further, SloTargets targets) {
        if (isAfter(lastNanos, entry.arrivalNanos(), targets.nanos(Target.E2E))) {
            return true;
        }
        long mean = targets.nanos(Target.TBT_MEAN);
        return mean != Long.MAX_VALUE
                && lastNanos - entry.firstTokenNanos()
                        > (double) (entry.generated() + further - 1) * mean;
    }

    private static boolean isAfter(double nanos, long startNanos, long promisedNanos) {
        return promisedNanos != Long.MAX_VALUE && nanos - startNanos > promisedNanos;
    }

    private double nanos(double batch, double kvTokens, double prefillTokens) {
        return 1e3
                * trim
                * model.iterationMicros(
                        model.clocks().highestIndex(), batch, kvTokens, prefillTokens);
    }
}
