package dev.lowgear.gateway.completion;

import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.RequestEvent;
import dev.lowgear.core.admission.WaitingRequest;
import dev.lowgear.core.slo.Target;
import dev.lowgear.gateway.agent.AgentAnswer;
import dev.lowgear.gateway.agent.AgentRequest;
import dev.lowgear.gateway.completion.RequestMeter.Outcome;
import dev.lowgear.gateway.dispatch.Grant;
import dev.lowgear.gateway.dispatch.Pool;
import dev.lowgear.gateway.dispatch.Ticket;
import dev.lowgear.gateway.fleet.ServingEngine;
import dev.lowgear.gateway.openai.EventStream;
import dev.lowgear.gateway.openai.OpenAiError;
import dev.lowgear.gateway.openai.OpenAiException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;

/**
 * One request that was understood and has its terms: waits for an engine, is sent, and its answer
 * carried back. Everything runs on the request's own thread.
 *
 * <p>The queue is the gateway's: an engine that is full sends the request back to its place in it;
 * an agent that does not answer is left for another. The answer is held back meanwhile, so that an
 * error still has its status; a stream that waits long is opened all the same, because something in
 * between would give up otherwise.
 */
final class CompletionExchange {
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration AGENT_RETRY = Duration.ofSeconds(2);

    private final CompletionServices services;
    private final AgentRequest request;
    private final ClientAnswer answer;
    private final long arrivalNanos;
    private final Pool pool;
    private final Ticket ticket;
    private final String model;
    private @Nullable String engineId;

    CompletionExchange(
            CompletionServices services,
            AgentRequest request,
            ClientAnswer answer,
            long arrivalNanos) {
        this.services = services;
        this.request = request;
        this.answer = answer;
        this.arrivalNanos = arrivalNanos;
        model = request.completion().model();
        pool = services.pools().of(model);
        ticket = new Ticket(waiting());
    }

    private WaitingRequest waiting() {
        long due =
                Math.min(
                        request.terms().targets().nanos(Target.TTFT),
                        request.terms().targets().nanos(Target.E2E));
        return new WaitingRequest(
                request.requestId(),
                request.terms().policy().priority(),
                arrivalNanos,
                due == Long.MAX_VALUE ? Long.MAX_VALUE : arrivalNanos + due,
                request.terms().policy().sheddable());
    }

    /** Serves the request to its end, whatever that is. */
    void serve() {
        answer.promise(request.terms());
        journal(
                new RequestEvent.Received(
                        MessageCodec.SCHEMA_VERSION,
                        request.requestId(),
                        model,
                        now(),
                        request.tenant(),
                        request.terms().policy().name(),
                        request.completion().promptTokens(),
                        request.completion().maxTokens()));
        services.meter().ended(model, outcome());
    }

    private Outcome outcome() {
        try {
            return dispatch();
        } catch (OpenAiException refused) {
            return refuse(refused.error());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refuse(OpenAiError.unavailable("The gateway is stopping", AGENT_RETRY));
        } catch (IOException e) {
            return cancelled();
        }
    }

    private Outcome dispatch() throws IOException, InterruptedException {
        Grant grant = pool.enter(ticket);
        while (true) {
            switch (grant) {
                case Grant.Waiting _ -> grant = waitForTurn();
                case Grant.Refused refused ->
                        throw new OpenAiException(
                                OpenAiError.overloaded(
                                        "Too many requests are waiting for `" + model + "`",
                                        refused.retryAfter()));
                case Grant.Nobody _ ->
                        throw new OpenAiException(
                                OpenAiError.unavailable(
                                        "No engine of `" + model + "` can be reached now",
                                        AGENT_RETRY));
                case Grant.To to -> {
                    switch (send(to.engine())) {
                        case AgentAnswer.Full full ->
                                grant = pool.full(ticket, to.engine(), full.expectedWait());
                        case AgentAnswer.Unreachable _ ->
                                grant = pool.unreachable(ticket, to.engine());
                        case AgentAnswer.Refused refused -> {
                            pool.ended(to.engine());
                            throw new OpenAiException(refused.error());
                        }
                        case AgentAnswer.Begun begun -> {
                            return carry(begun, to.engine());
                        }
                    }
                }
            }
        }
    }

    private AgentAnswer send(ServingEngine engine) {
        boolean answered = false;
        try {
            AgentAnswer said = services.agents().send(request, engine, waited());
            answered = true;
            return said;
        } finally {
            if (!answered) {
                pool.ended(engine);
            }
        }
    }

    private Grant waitForTurn() throws IOException, InterruptedException {
        Duration left = services.settings().queue().longestWait().minus(waited());
        if (left.isNegative() || left.isZero()) {
            Grant grant = pool.leave(ticket);
            if (grant instanceof Grant.Waiting) {
                throw new OpenAiException(
                        OpenAiError.unavailable(
                                "No engine of `" + model + "` had room in time", pool.retryHint()));
            }
            return grant;
        }
        if (answer.isOpen()) {
            return waitWhileOpen(left);
        }
        if (!request.completion().stream()) {
            return pool.await(ticket, left);
        }
        Duration held = services.settings().queue().commitAfter().minus(waited());
        if (held.isNegative() || held.isZero()) {
            answer.openStream();
            return waitWhileOpen(left);
        }
        return pool.await(ticket, held.compareTo(left) < 0 ? held : left);
    }

    private Grant waitWhileOpen(Duration left) throws IOException, InterruptedException {
        try {
            answer.keepAlive();
        } catch (IOException e) {
            if (pool.leave(ticket) instanceof Grant.To to) {
                pool.ended(to.engine());
            }
            throw e;
        }
        return pool.await(ticket, HEARTBEAT.compareTo(left) < 0 ? HEARTBEAT : left);
    }

    private Outcome carry(AgentAnswer.Begun begun, ServingEngine engine) throws IOException {
        engineId = engine.id().value();
        pool.started(engine);
        services.meter().started(model, waited());
        Relay relay = new Relay(answer, () -> services.meter().firstByte(model, waited()));
        try (begun) {
            answer.from(engineId);
            if (request.completion().stream() && isEventStream(begun)) {
                tokens(relay.stream(begun, request.completion().usageIsOurs()));
            } else {
                relay.whole(begun);
            }
            return Outcome.COMPLETED;
        } catch (Relay.AgentLostException lost) {
            return broken(engine, String.valueOf(lost.getMessage()));
        } finally {
            pool.ended(engine);
        }
    }

    private static boolean isEventStream(AgentAnswer.Begun begun) {
        return begun.contentType().startsWith("text/event-stream");
    }

    private void tokens(EventStream.@Nullable Usage usage) {
        if (usage != null) {
            services.meter().tokens(model, usage.promptTokens(), usage.completionTokens());
        }
    }

    private Outcome broken(ServingEngine engine, String reason) throws IOException {
        services.fleet().unreachable(engine.agent(), System.nanoTime());
        rejected(reason);
        if (!answer.isOpen()) {
            answer.error(OpenAiError.badGateway("The engine broke off: " + reason));
            return Outcome.FAILED;
        }
        return Outcome.BROKEN;
    }

    private Outcome refuse(OpenAiError error) {
        rejected(error.code() == null ? error.message() : error.code());
        try {
            answer.error(error);
        } catch (IOException e) {
            return Outcome.CANCELLED; // it went before it could be told
        }
        return error.status() < 500 ? Outcome.REFUSED : Outcome.FAILED;
    }

    private void rejected(String reason) {
        journal(
                new RequestEvent.Rejected(
                        MessageCodec.SCHEMA_VERSION,
                        request.requestId(),
                        model,
                        now(),
                        engineId,
                        reason));
    }

    /** Once an agent has begun, it is the agent that notices and tells. */
    private Outcome cancelled() {
        if (engineId == null) {
            Integer promptTokens = request.completion().promptTokens();
            journal(
                    new RequestEvent.Cancelled(
                            MessageCodec.SCHEMA_VERSION,
                            request.requestId(),
                            model,
                            now(),
                            null,
                            promptTokens == null ? 0 : promptTokens,
                            0));
        }
        return Outcome.CANCELLED;
    }

    private void journal(RequestEvent event) {
        services.journal().accept(event);
    }

    private long now() {
        return services.wallClock().millis();
    }

    private Duration waited() {
        return Duration.ofNanos(System.nanoTime() - arrivalNanos);
    }
}
