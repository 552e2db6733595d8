package dev.lowgear.core.observation;

import dev.lowgear.core.projection.ScoreboardEntry;

import java.util.Collection;

/**
 * What one engine is doing, with its rates averaged over the last minute: the load part of an
 * observation, the same for live and simulated engines.
 */
public final class LoadMeter {
    private static final double MINUTE_SECONDS = 60;

    private final ForgettingRate busy;
    private final ForgettingRate decoded;
    private final ForgettingRate arrivals;

    /** Nothing so far. */
    public LoadMeter(long startNanos) {
        busy = new ForgettingRate(MINUTE_SECONDS, startNanos);
        decoded = new ForgettingRate(MINUTE_SECONDS, startNanos);
        arrivals = new ForgettingRate(MINUTE_SECONDS, startNanos);
    }

    /** A request asked to start. */
    public void arrived(long nowNanos) {
        arrivals.add(1, nowNanos);
    }

    /**
     * An iteration ended.
     *
     * @param busyNanos its busy time, without the rest before it
     * @param tokens what it gave out
     */
    public void completed(long busyNanos, int tokens, long endNanos) {
        busy.add(busyNanos * 1e-9, endNanos);
        decoded.add(tokens, endNanos);
    }

    /**
     * The load as of now.
     *
     * @param entries the requests on the engine
     * @param trim measured over predicted iteration time
     */
    public EngineLoad load(
            Collection<ScoreboardEntry> entries,
            long kvCapacityTokens,
            double trim,
            long nowNanos) {
        int running = 0;
        int prefilling = 0;
        int waiting = 0;
        long kvTokens = 0;
        long queuedPrefillTokens = 0;
        for (ScoreboardEntry entry : entries) {
            if (entry.isDecoding()) {
                running++;
            } else if (entry.isWaiting()) {
                waiting++;
            } else {
                prefilling++;
            }
            kvTokens += entry.kvTokens();
            queuedPrefillTokens += entry.prefillTokens();
        }
        return new EngineLoad(
                running,
                prefilling,
                waiting,
                kvTokens,
                kvCapacityTokens,
                queuedPrefillTokens,
                Math.clamp(busy.perSecond(nowNanos), 0, 1),
                trim,
                decoded.perSecond(nowNanos),
                arrivals.perSecond(nowNanos));
    }
}
