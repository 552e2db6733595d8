package dev.lowgear.core.observation;

/**
 * What an engine is doing now.
 *
 * @param running requests in the batch that have their first token
 * @param prefilling requests in prefill
 * @param waiting requests not yet started
 * @param kvTokens KV-cache tokens in use
 * @param kvCapacityTokens KV-cache tokens there are
 * @param queuedPrefillTokens prompt tokens not yet prefilled
 * @param busyFraction share of the last minute spent in iterations, rests not counted, 0 to 1
 * @param trim measured over predicted iteration time, 0.8 to 1.5
 * @param decodeTokensPerSecond decoded tokens per second, averaged over the last minute
 * @param arrivalsPerSecond requests taken per second, averaged over the last minute
 */
public record EngineLoad(
        int running,
        int prefilling,
        int waiting,
        long kvTokens,
        long kvCapacityTokens,
        long queuedPrefillTokens,
        double busyFraction,
        double trim,
        double decodeTokensPerSecond,
        double arrivalsPerSecond) {
    public EngineLoad {
        if (running < 0
                || prefilling < 0
                || waiting < 0
                || kvTokens < 0
                || kvCapacityTokens < 0
                || queuedPrefillTokens < 0) {
            throw new IllegalArgumentException("a load is not negative");
        }
        if (!(busyFraction >= 0 && busyFraction <= 1)) {
            throw new IllegalArgumentException("busyFraction is 0 to 1, got " + busyFraction);
        }
        if (!(trim > 0 && trim < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("trim is positive, got " + trim);
        }
        if (!isRate(decodeTokensPerSecond) || !isRate(arrivalsPerSecond)) {
            throw new IllegalArgumentException("a rate is not negative");
        }
    }

    private static boolean isRate(double perSecond) {
        return perSecond >= 0 && perSecond < Double.POSITIVE_INFINITY;
    }

    /** Requests that run, prefill or wait. */
    public int requests() {
        return running + prefilling + waiting;
    }

    /** Whether nothing runs and nothing waits. */
    public boolean isIdle() {
        return running == 0 && prefilling == 0 && waiting == 0;
    }
}
