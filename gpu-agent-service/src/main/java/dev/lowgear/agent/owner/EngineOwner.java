package dev.lowgear.agent.owner;

import dev.lowgear.agent.engine.EngineIdentity;
import dev.lowgear.agent.engine.EngineRequest;
import dev.lowgear.agent.engine.EngineStatus;
import dev.lowgear.agent.engine.Finish;
import dev.lowgear.agent.engine.Finish.FinishReason;
import dev.lowgear.agent.engine.InferenceEngine;
import dev.lowgear.agent.engine.IterationReport;
import dev.lowgear.agent.engine.Submission;
import dev.lowgear.agent.gear.GearHolder;
import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.observation.FinishedRequest;
import dev.lowgear.core.projection.ScoreboardEntry;
import dev.lowgear.core.request.OutputLimits;
import dev.lowgear.core.request.RequestShape;
import dev.lowgear.core.slo.Latencies;
import dev.lowgear.core.slo.Promise;
import dev.lowgear.core.slo.Target;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Everything about one engine that changes: the requests in it, how far each has come, its gear,
 * and what was promised. Owned by one thread; time is an argument.
 *
 * <p>All of it is soft state. When the agent dies its requests die with their engine, the guardian
 * gives the clock back within the lease, and the next incarnation starts empty.
 */
final class EngineOwner {
    private final EngineIdentity identity;
    private final InferenceEngine engine;
    private final GearHolder gear;
    private final RequestBook book;
    private final EngineMeters meters;
    private final Observer observer;
    private final TableInForce table;
    private final Map<Long, LiveRequest> live = new HashMap<>();
    private final Map<String, LiveRequest> byId = new HashMap<>();
    private long lastHandle;

    EngineOwner(
            EngineIdentity identity,
            InferenceEngine engine,
            GearHolder gear,
            RequestBook book,
            EngineMeters meters,
            Observer observer,
            TableInForce table) {
        this.identity = identity;
        this.engine = engine;
        this.gear = gear;
        this.book = book;
        this.meters = meters;
        this.observer = observer;
        this.table = table;
    }

    EngineId id() {
        return identity.id();
    }

    EngineIdentity identity() {
        return identity;
    }

    /** Who is told, on any thread, that the clock could not be set or kept. */
    void whenClockLost(Runnable listener) {
        gear.whenClockLost(listener);
    }

    EngineStatus status() {
        return observer.status();
    }

    /** Does what is due. */
    void advance(long nowNanos) {
        IterationReport iteration = engine.advance(nowNanos);
        while (iteration != null) {
            completed(iteration, nowNanos);
            iteration = engine.advance(nowNanos);
        }
        gear.tick(nowNanos);
        meters.tick(engine, nowNanos);
        observer.tick(nowNanos);
    }

    /** When something is due by itself. */
    long nextEventNanos() {
        return Math.min(engine.nextEventNanos(), Math.min(observer.dueNanos(), meters.dueNanos()));
    }

    /** Something came from outside. Call {@link #advance} first. */
    void on(EngineInput input, long nowNanos) {
        switch (input) {
            case EngineInput.Submit submit -> submit.answer().complete(submitted(submit, nowNanos));
            case EngineInput.Cancel cancel -> cancelled(cancel.requestId(), nowNanos);
            case EngineInput.Directed directed -> {
                gear.on(directed.directive(), directed.decisionId(), nowNanos);
                checkLoad(nowNanos); // it was on its way while the load went on
            }
            case EngineInput.Tabulated tabulated -> table.replace(tabulated.table());
            case EngineInput.Drop _ -> gear.drop(nowNanos);
            case EngineInput.ClockLost _ -> gear.loseClock(nowNanos);
        }
    }

    private Submission submitted(EngineInput.Submit submit, long nowNanos) {
        EngineRequest request = submit.request();
        if (byId.containsKey(request.requestId())) {
            return new Submission.Unavailable("a request of this id is already running");
        }
        meters.arrived(nowNanos);
        ScoreboardEntry entry = book.entry(request, shape(request), promise(request), nowNanos);
        Submission answer = book.admit(entry, meters.lastIterationMicros(), nowNanos);
        if (answer instanceof Submission.Accepted) {
            lastHandle++;
            LiveRequest started =
                    new LiveRequest(
                            lastHandle, request.requestId(), request.maxTokens(), submit.sink());
            live.put(lastHandle, started);
            byId.put(request.requestId(), started);
            engine.submit(lastHandle, request, nowNanos);
            observer.changed();
        }
        checkLoad(nowNanos);
        return answer;
    }

    private RequestShape shape(EngineRequest request) {
        boolean ignoresEnd = request.body().path("ignore_eos").asBoolean(false);
        return new RequestShape(
                identity.servedModel(),
                request.terms().tenant(),
                request.promptTokens(),
                new OutputLimits(
                        request.maxTokens(), request.minTokens(), ignoresEnd, lengthHint(request)));
    }

    private static @Nullable Integer lengthHint(EngineRequest request) {
        var hint = request.body().path("nvext").path("agent_hints").path("osl");
        return hint.canConvertToInt() && hint.intValue() > 0 ? (Integer) hint.intValue() : null;
    }

    private static Promise promise(EngineRequest request) {
        return new Promise(
                request.terms().policy(),
                request.terms().targets(),
                request.terms().rescueLost(),
                request.terms().sheddable());
    }

    private void cancelled(String requestId, long nowNanos) {
        LiveRequest gone = byId.remove(requestId);
        if (gone != null) {
            live.remove(gone.handle());
            engine.cancel(gone.handle(), nowNanos);
            book.cancelled(requestId);
            gone.sink().finished(new Finish.Cancelled());
            observer.changed();
        }
    }

    private void completed(IterationReport iteration, long nowNanos) {
        book.prefilled(iteration.load().prefillTokens());
        for (IterationReport.Token token : iteration.tokens()) {
            LiveRequest request = live.get(token.handle());
            if (request != null) {
                generated(request, token, iteration.endNanos());
            }
        }
        table.completed(iteration);
        meters.completed(iteration, gear.gear(), gear.decisionId(), nowNanos);
        if (gear.checkIteration(iteration.busyNanos() / 1000, nowNanos)) {
            observer.changed();
        }
        checkLoad(nowNanos);
    }

    private void generated(LiveRequest request, IterationReport.Token token, long atNanos) {
        book.token(request.requestId(), atNanos);
        request.sink().token(token.text());
        if (token.generated() == 1) {
            observer.changed();
        }
        FinishReason finish = token.finish();
        if (finish != null) {
            finished(request, finish);
        }
    }

    private void finished(LiveRequest request, FinishReason reason) {
        live.remove(request.handle());
        byId.remove(request.requestId());
        ScoreboardEntry entry = book.finished(request.requestId(), reason);
        Latencies latencies = entry.latencies();
        Set<Target> missed = latencies.missed(entry.promise().targets());
        request.sink()
                .finished(
                        new Finish.Completed(
                                reason, entry.shape().promptTokens(), entry.generated(), null));
        observer.finished(
                new FinishedRequest(
                        entry.promise().policy(),
                        missed,
                        !entry.wasLostOnArrival(),
                        latencies.usedShare(entry.promise().targets())));
    }

    private void checkLoad(long nowNanos) {
        if (gear.checkLoad(book.size(), book.kvTokens(), book.queuedPrefillTokens(), nowNanos)) {
            observer.changed();
        }
    }

    /** The engine ends: its requests fail, its gear goes back. */
    void stop(long nowNanos) {
        gear.drop(nowNanos);
        for (LiveRequest request : live.values()) {
            request.sink().finished(new Finish.Failed("the engine has stopped"));
        }
        live.clear();
        byId.clear();
        engine.close();
    }
}
