package dev.lowgear.simulator.run;

import dev.lowgear.core.admission.CapacityAdmission;
import dev.lowgear.core.engine.EngineLimits;
import dev.lowgear.core.physics.EngineRequest;
import dev.lowgear.core.projection.Forecast;
import dev.lowgear.core.projection.ProjectionForm;
import dev.lowgear.core.projection.Projector;
import dev.lowgear.core.projection.Scoreboard;
import dev.lowgear.core.projection.ScoreboardEntry;
import dev.lowgear.core.request.KaplanMeierLengths;
import dev.lowgear.core.request.RequestShape;
import dev.lowgear.core.slo.Promise;
import dev.lowgear.simulator.trace.TraceRequest;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The requests of one engine: first come, first served, admitted while there is room, with lengths
 * learned from those that finished.
 */
final class RequestLine {
    /** What clients of the demonstration allow. */
    private static final int MAX_TOKENS = 2_048;

    /** Before the first iteration nothing is known of how long one takes. */
    private static final double SHORTEST_ITERATION_MICROS = 1000;

    private record Waiting(ScoreboardEntry entry, EngineRequest request) {}

    private final String model;
    private final EngineLimits limits;
    private final Promise promise;
    private final Projector planned;
    private final Projector expected;
    private final KaplanMeierLengths lengths = KaplanMeierLengths.standard();
    private final Scoreboard scoreboard = new Scoreboard();
    private final Deque<Waiting> line = new ArrayDeque<>();
    private long lastId;

    RequestLine(RunSetup setup) {
        model = setup.profile().model().id();
        limits = setup.profile().limits();
        promise = Promise.of(setup.slo());
        planned = projector(new ProjectionForm.AtQuantile(setup.lengthQuantile()));
        expected = projector(new ProjectionForm.Expected());
    }

    private Projector projector(ProjectionForm form) {
        return new Projector(limits.kvBlockTokens(), limits.chunkTokens(), form);
    }

    /** A request arrives at the end of the line. */
    void arrive(TraceRequest request, long nowNanos) {
        lastId++;
        String id = Long.toString(lastId);
        RequestShape shape = RequestShape.of(model, request.promptTokens(), MAX_TOKENS);
        line.add(
                new Waiting(
                        new ScoreboardEntry(
                                id, shape, promise, lengths.curve(id, shape), 0, nowNanos),
                        new EngineRequest(
                                lastId,
                                request.promptTokens(),
                                request.outputTokens(),
                                MAX_TOKENS)));
    }

    /** The next request that may start now; it counts as started. Null if none may. */
    @Nullable EngineRequest admit(double iterationMicros, long nowNanos) {
        Waiting first = line.peek();
        if (first == null) {
            return null;
        }
        var admission =
                new CapacityAdmission(
                        limits, expected, 0, Math.max(SHORTEST_ITERATION_MICROS, iterationMicros));
        if (!admission.decide(scoreboard.entries(), first.entry(), nowNanos).starts()) {
            return null;
        }
        line.remove();
        scoreboard.admit(first.entry());
        return first.request();
    }

    /** An iteration prefilled so many tokens, in order of admission. */
    void prefilled(int tokens) {
        int left = tokens;
        for (ScoreboardEntry entry : scoreboard.entries()) {
            int share = Math.min(left, entry.prefillTokens());
            if (share > 0) {
                scoreboard.prefilled(entry.requestId(), share);
                left -= share;
            }
        }
    }

    void token(long id, long nowNanos) {
        scoreboard.token(Long.toString(id), nowNanos);
    }

    /** It has its last token. */
    ScoreboardEntry finished(long id, boolean cut) {
        ScoreboardEntry entry = scoreboard.remove(Long.toString(id));
        lengths.observe(entry.length(cut));
        return entry;
    }

    /** The projection a planner gets; what runs now teaches too. */
    Forecast forecast(long nowNanos) {
        lengths.running(scoreboard.runningLengths());
        return planned.forecast(scoreboard.entries(), nowNanos);
    }

    Scoreboard scoreboard() {
        return scoreboard;
    }

    boolean isEmpty() {
        return line.isEmpty() && scoreboard.isEmpty();
    }
}
