package dev.lowgear.agent.owner;

import dev.lowgear.agent.engine.EngineRequest;
import dev.lowgear.agent.engine.Finish.FinishReason;
import dev.lowgear.agent.engine.Submission;
import dev.lowgear.agent.telemetry.RequestEvents;
import dev.lowgear.core.engine.EngineLimits;
import dev.lowgear.core.projection.Forecast;
import dev.lowgear.core.projection.Projector;
import dev.lowgear.core.projection.Scoreboard;
import dev.lowgear.core.projection.ScoreboardEntry;
import dev.lowgear.core.request.LengthPredictor;
import dev.lowgear.core.request.RequestShape;
import dev.lowgear.core.slo.Latencies;
import dev.lowgear.core.slo.Promise;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The requests of one engine: who may start, how far each has come, and what their lengths teach.
 */
final class RequestBook {
    /**
     * Standard deviations of the cache forecast that must fit: one admission in a thousand
     * preempts.
     */
    private static final double KV_DEVIATIONS = 3;

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(5);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final EngineLimits limits;
    private final Projector projector;
    private final LengthPredictor lengths;
    private final RequestEvents events;
    private final Scoreboard scoreboard = new Scoreboard();
    private final ServedCounters counters = new ServedCounters();

    RequestBook(
            EngineLimits limits,
            Projector projector,
            LengthPredictor lengths,
            RequestEvents events) {
        this.limits = limits;
        this.projector = projector;
        this.lengths = lengths;
        this.events = events;
    }

    /** A candidate, with the length it is expected to have. */
    ScoreboardEntry entry(
            EngineRequest request, RequestShape shape, Promise promise, long nowNanos) {
        return new ScoreboardEntry(
                request.requestId(),
                shape,
                promise,
                lengths.curve(request.requestId(), shape),
                0,
                nowNanos - request.waited().toNanos());
    }

    /** Lets a candidate in if batch and cache have room for what it may become. */
    Submission admit(ScoreboardEntry entry, double iterationMicros, long nowNanos) {
        if (!scoreboard.isEmpty()) {
            if (scoreboard.size() >= limits.maxBatch()) {
                return full("the batch is full", iterationMicros, nowNanos);
            }
            List<ScoreboardEntry> all = new ArrayList<>(scoreboard.entries());
            all.add(entry);
            double peak = projector.forecast(all, nowNanos).kv().peakTokens(KV_DEVIATIONS, 0);
            if (peak > limits.kvCapacityTokens()) {
                return full("the KV cache is full", iterationMicros, nowNanos);
            }
        }
        scoreboard.admit(entry);
        events.admitted(entry, (nowNanos - entry.arrivalNanos()) / 1_000_000);
        return new Submission.Accepted();
    }

    private Submission full(String reason, double iterationMicros, long nowNanos) {
        Forecast forecast = projector.forecast(scoreboard.entries(), nowNanos);
        Duration untilRoom =
                Duration.ofNanos((long) (forecast.nextCompletion() * iterationMicros * 1000));
        Duration wait =
                untilRoom.compareTo(SHORTEST_WAIT) < 0
                        ? SHORTEST_WAIT
                        : untilRoom.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : untilRoom;
        return new Submission.Full(wait, reason);
    }

    /** An iteration prefilled so many tokens, first come, first served. */
    void prefilled(int tokens) {
        int left = tokens;
        for (ScoreboardEntry entry : scoreboard.entries()) {
            if (left == 0) {
                return;
            }
            int share = Math.min(left, entry.prefillTokens());
            if (share > 0) {
                scoreboard.prefilled(entry.requestId(), share);
                left -= share;
            }
        }
        counters.prefilled(tokens);
    }

    void token(String requestId, long atNanos) {
        scoreboard.token(requestId, atNanos);
        counters.token();
        ScoreboardEntry entry = scoreboard.entry(requestId);
        if (entry.generated() == 1) {
            events.firstToken(entry);
        }
    }

    /** It has its last token. */
    ScoreboardEntry finished(String requestId, FinishReason reason) {
        ScoreboardEntry entry = scoreboard.remove(requestId);
        boolean cut = reason == FinishReason.LENGTH;
        lengths.observe(entry.length(cut));
        Latencies latencies = entry.latencies();
        var missed = latencies.missed(entry.promise().targets());
        counters.completed(missed.isEmpty());
        events.completed(entry, latencies, cut, missed);
        return entry;
    }

    void cancelled(String requestId) {
        ScoreboardEntry entry = scoreboard.remove(requestId);
        lengths.observe(entry.length(true));
        counters.cancelled();
        events.cancelled(entry);
    }

    Forecast forecast(long nowNanos) {
        return projector.forecast(scoreboard.entries(), nowNanos);
    }

    Collection<ScoreboardEntry> entries() {
        return scoreboard.entries();
    }

    ServedCounters counters() {
        return counters;
    }

    int size() {
        return scoreboard.size();
    }

    long kvTokens() {
        return scoreboard.kvTokens();
    }

    long queuedPrefillTokens() {
        return scoreboard.queuedPrefillTokens();
    }
}
