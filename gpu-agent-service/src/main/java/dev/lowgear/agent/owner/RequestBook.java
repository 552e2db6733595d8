package dev.lowgear.agent.owner;

import dev.lowgear.agent.engine.EngineRequest;
import dev.lowgear.agent.engine.Finish.FinishReason;
import dev.lowgear.agent.engine.Submission;
import dev.lowgear.agent.telemetry.RequestEvents;
import dev.lowgear.core.admission.Admission;
import dev.lowgear.core.admission.AdmissionPolicy;
import dev.lowgear.core.admission.CapacityAdmission;
import dev.lowgear.core.admission.DeadlineAdmission;
import dev.lowgear.core.engine.EngineLimits;
import dev.lowgear.core.feasibility.Misses;
import dev.lowgear.core.projection.Forecast;
import dev.lowgear.core.projection.Projector;
import dev.lowgear.core.projection.Scoreboard;
import dev.lowgear.core.projection.ScoreboardEntry;
import dev.lowgear.core.request.KaplanMeierLengths;
import dev.lowgear.core.request.RequestShape;
import dev.lowgear.core.slo.Latencies;
import dev.lowgear.core.slo.Promise;

import java.util.Collection;

/**
 * The requests of one engine: who may start, how far each has come, and what their lengths teach.
 */
final class RequestBook {
    /** Before the first iteration nothing is known of how long one takes. */
    private static final double SHORTEST_ITERATION_MICROS = 1000;

    private final EngineLimits limits;
    private final Projector planned;
    private final Projector expected;
    private final KaplanMeierLengths lengths;
    private final RequestEvents events;
    private final TableInForce table;
    private final Scoreboard scoreboard = new Scoreboard();
    private final ServedCounters counters = new ServedCounters();

    RequestBook(
            EngineLimits limits,
            Projector planned,
            Projector expected,
            KaplanMeierLengths lengths,
            RequestEvents events,
            TableInForce table) {
        this.limits = limits;
        this.planned = planned;
        this.expected = expected;
        this.lengths = lengths;
        this.events = events;
        this.table = table;
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

    /**
     * Lets a candidate in if there is room, and if nobody's promise suffers as far as a table can
     * tell.
     */
    Submission admit(ScoreboardEntry entry, double iterationMicros, long nowNanos) {
        Admission admission = policy(iterationMicros).decide(scoreboard.entries(), entry, nowNanos);
        switch (admission) {
            case Admission.Queue queue -> {
                return new Submission.Full(queue.expectedWait(), queue.reason());
            }
            case Admission.Reject reject -> {
                return new Submission.Rejected(reject.retryAfter(), reject.reason());
            }
            case Admission.Admit _ -> start(entry, nowNanos);
            case Admission.Lost lost -> {
                start(entry, nowNanos);
                markLost(entry, lost.reason());
            }
        }
        return new Submission.Accepted();
    }

    private AdmissionPolicy policy(double iterationMicros) {
        CapacityAdmission capacity =
                new CapacityAdmission(
                        limits, expected, 0, Math.max(SHORTEST_ITERATION_MICROS, iterationMicros));
        return table.table()
                .<AdmissionPolicy>map(known ->
                        new DeadlineAdmission(
                                capacity, known, table.trim(), DeadlineAdmission.BEARABLE_MISSES))
                .orElse(capacity);
    }

    private void start(ScoreboardEntry entry, long nowNanos) {
        scoreboard.admit(entry);
        events.admitted(entry, (nowNanos - entry.arrivalNanos()) / 1_000_000);
    }

    private void markLost(ScoreboardEntry entry, String reason) {
        scoreboard.markLost(entry.requestId());
        counters.lost();
        events.lost(entry, reason);
    }

    /** Marks those lost that would miss their targets even at the maximum clock from now on. */
    void markLost(long nowNanos) {
        table.table()
                .ifPresent(known -> {
                    Misses misses =
                            Misses.of(
                                    expected.forecast(scoreboard.entries(), nowNanos)
                                            .everyDeadline(),
                                    known,
                                    known.clocks().highestIndex(),
                                    table.trim());
                    for (String requestId : misses.lost()) {
                        ScoreboardEntry entry = scoreboard.entry(requestId);
                        if (!entry.isLost()) {
                            markLost(entry, "would miss its targets even at the maximum clock");
                        }
                    }
                });
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

    /** What runs now teaches too: answers that go on are long. */
    void learnFromRunning() {
        lengths.running(scoreboard.runningLengths());
    }

    /** The projection a planner gets. */
    Forecast forecast(long nowNanos) {
        return planned.forecast(scoreboard.entries(), nowNanos);
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
