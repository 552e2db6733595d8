package dev.lowgear.simulator.run;

import dev.lowgear.core.admission.CapacityAdmission;
import dev.lowgear.core.engine.EngineLimits;
import dev.lowgear.core.feasibility.BestCase;
import dev.lowgear.core.physics.EngineRequest;
import dev.lowgear.core.projection.Forecast;
import dev.lowgear.core.projection.ProjectionForm;
import dev.lowgear.core.projection.Projector;
import dev.lowgear.core.projection.Scoreboard;
import dev.lowgear.core.projection.ScoreboardEntry;
import dev.lowgear.core.request.KaplanMeierLengths;
import dev.lowgear.core.request.LengthPredictor;
import dev.lowgear.core.request.RequestShape;
import dev.lowgear.core.slo.Promise;
import dev.lowgear.simulator.policy.LengthSource;
import dev.lowgear.simulator.trace.TraceRequest;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The requests of one engine: first come, first served, admitted while there is room. */
final class RequestLine {
    /** What clients of the demonstration allow. */
    private static final int MAX_TOKENS = 2_048;

    /** Before the first iteration nothing is known of how long one takes. */
    private static final double SHORTEST_ITERATION_MICROS = 1000;

    private record Waiting(ScoreboardEntry entry, EngineRequest request, boolean lost) {}

    private final String model;
    private final EngineLimits limits;
    private final Promise promise;
    private final Projector planned;
    private final Projector expected;
    private final LengthPredictor predictor;
    private final LengthPredictor lengths;
    private final Scoreboard scoreboard = new Scoreboard();
    private final Map<Long, ScoreboardEntry> started = new HashMap<>();
    private final Deque<Waiting> line = new ArrayDeque<>();
    private long linedUpTokens;
    private int arrivingLength = 1;

    RequestLine(RunSetup setup, RandomGenerator random) {
        model = setup.profile().model().id();
        limits = setup.profile().limits();
        promise = Promise.of(setup.slo());
        planned = projector(new ProjectionForm.AtQuantile(setup.policy().lengthQuantile()));
        expected = projector(new ProjectionForm.Expected());
        LengthSource source = setup.policy().lengths().orElse(setup.lengths());
        predictor = source.predictor(id -> arrivingLength, random);
        lengths = setup.policy().inflatesLengths() ? source.inflated(predictor) : predictor;
    }

    private Projector projector(ProjectionForm form) {
        return new Projector(limits.kvBlockTokens(), limits.chunkTokens(), form);
    }

    /**
     * A request arrives at the end of the line.
     *
     * @param best tells whether it is lost; null while nothing predicts
     */
    void arrive(long id, TraceRequest request, @Nullable BestCase best, long nowNanos) {
        int maximum = Math.max(MAX_TOKENS, request.outputTokens());
        RequestShape shape = RequestShape.of(model, request.promptTokens(), maximum);
        arrivingLength = request.outputTokens();
        if (predictor instanceof KaplanMeierLengths learned) {
            // answers that go on are long; nobody asks for a curve before the next arrival
            learned.running(scoreboard.runningLengths());
        }
        String name = Long.toString(id);
        var entry =
                new ScoreboardEntry(name, shape, promise, lengths.curve(name, shape), 0, nowNanos);
        long ahead = linedUpTokens + scoreboard.queuedPrefillTokens();
        line.add(
                new Waiting(
                        entry,
                        new EngineRequest(
                                id, request.promptTokens(), request.outputTokens(), maximum),
                        best != null && best.isLost(entry, load(), ahead, nowNanos)));
        linedUpTokens += request.promptTokens();
    }

    /** The next request that may start now; it counts as started. Null if none may. */
    @Nullable EngineRequest admit(double iterationMicros, @Nullable BestCase best, long nowNanos) {
        Waiting first = line.peek();
        if (first == null) {
            return null;
        }
        var admission =
                new CapacityAdmission(
                        limits, expected, 0, Math.max(SHORTEST_ITERATION_MICROS, iterationMicros));
        ScoreboardEntry entry = first.entry();
        if (!admission.decide(scoreboard.entries(), entry, nowNanos).starts()) {
            return null;
        }
        line.remove();
        linedUpTokens -= entry.prefillTokens();
        boolean lost =
                first.lost()
                        || (best != null
                                && best.isLost(
                                        entry, load(), scoreboard.queuedPrefillTokens(), nowNanos));
        scoreboard.admit(entry);
        if (lost) {
            scoreboard.markLost(entry.requestId());
        }
        started.put(first.request().id(), entry);
        return first.request();
    }

    /** Marks those lost that would miss their targets even at the highest clock from now on. */
    void markLost(BestCase best, long nowNanos) {
        BestCase.Load load = load();
        long ahead = 0;
        for (ScoreboardEntry entry : scoreboard.entries()) {
            if (!entry.isLost() && best.isLost(entry, load, ahead, nowNanos)) {
                scoreboard.markLost(entry.requestId());
            }
            ahead += entry.prefillTokens();
        }
    }

    private BestCase.Load load() {
        int decoding = 0;
        for (ScoreboardEntry entry : scoreboard.entries()) {
            decoding += entry.isDecoding() ? 1 : 0;
        }
        return new BestCase.Load(decoding, scoreboard.kvTokens());
    }

    /** An iteration prefilled so many tokens, in order of admission. */
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
    }

    void token(long id, long nowNanos) {
        ScoreboardEntry entry = started.get(id);
        if (entry == null) {
            throw new IllegalStateException("a token of request " + id + ", which never started");
        }
        scoreboard.token(entry.requestId(), nowNanos);
    }

    /** It has its last token. */
    ScoreboardEntry finished(long id, boolean cut) {
        ScoreboardEntry entry = started.remove(id);
        if (entry == null) {
            throw new IllegalStateException("request " + id + " ended, but never started");
        }
        scoreboard.remove(entry.requestId());
        lengths.observe(entry.length(cut));
        return entry;
    }

    /** The projection a planner gets. */
    Forecast forecast(long nowNanos) {
        return planned.forecast(scoreboard.entries(), nowNanos);
    }

    Scoreboard scoreboard() {
        return scoreboard;
    }

    /** Requests there are, in line or started. */
    int size() {
        return line.size() + scoreboard.size();
    }

    /** The run is over: what became of those that are not done. */
    void leave(Outcomes outcomes, long nowNanos) {
        for (ScoreboardEntry entry : scoreboard.entries()) {
            outcomes.unfinished(entry, nowNanos);
        }
        for (Waiting waiting : line) {
            outcomes.unfinished(waiting.entry(), nowNanos);
        }
    }
}
