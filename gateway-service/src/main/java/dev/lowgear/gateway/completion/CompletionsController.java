package dev.lowgear.gateway.completion;

import dev.lowgear.gateway.access.Caller;
import dev.lowgear.gateway.agent.AgentRequest;
import dev.lowgear.gateway.openai.CompletionKind;
import dev.lowgear.gateway.openai.CompletionRequest;
import dev.lowgear.gateway.openai.OpenAiError;
import dev.lowgear.gateway.openai.OpenAiException;
import dev.lowgear.gateway.slo.RequestedSlo;
import dev.lowgear.gateway.slo.SloTerms;
import dev.lowgear.gateway.web.Bodies;
import dev.lowgear.gateway.web.RequestIds;

import io.swagger.v3.oas.annotations.Operation;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Completions, as OpenAI has them. */
@RestController
class CompletionsController {
    private final CompletionServices services;
    private final int maximumBody;
    private final Set<String> inFlight = ConcurrentHashMap.newKeySet();

    CompletionsController(CompletionServices services) {
        this.services = services;
        maximumBody = Math.toIntExact(services.settings().maximumBody().toBytes());
    }

    @Operation(summary = "OpenAI chat completion, streamed or whole")
    @PostMapping("/v1/chat/completions")
    void chat(HttpServletRequest request, HttpServletResponse response) throws IOException {
        complete(CompletionKind.CHAT, request, response);
    }

    @Operation(summary = "OpenAI text completion, streamed or whole")
    @PostMapping("/v1/completions")
    void text(HttpServletRequest request, HttpServletResponse response) throws IOException {
        complete(CompletionKind.TEXT, request, response);
    }

    private void complete(
            CompletionKind kind, HttpServletRequest http, HttpServletResponse response)
            throws IOException {
        long arrivalNanos = System.nanoTime();
        CompletionRequest completion =
                CompletionRequest.parse(kind, Bodies.read(http, maximumBody));
        requireServed(completion);
        Caller caller = Caller.of(http);
        SloTerms terms = terms(http, caller, completion);
        String requestId = uniqueId(RequestIds.of(http));
        response.setHeader(RequestIds.HEADER, requestId);
        try {
            AgentRequest request =
                    new AgentRequest(
                            requestId,
                            kind,
                            completion,
                            terms,
                            caller.tenant(),
                            http.getHeader("traceparent"));
            new CompletionExchange(services, request, new ClientAnswer(response), arrivalNanos)
                    .serve();
        } finally {
            inFlight.remove(requestId);
        }
    }

    /** Two requests at once under one id would be one request to everybody behind the gateway. */
    private String uniqueId(String asked) {
        String id = asked;
        while (!inFlight.add(id)) {
            id = RequestIds.create();
        }
        return id;
    }

    private void requireServed(CompletionRequest completion) {
        if (services.fleet().model(completion.model()).isEmpty()) {
            throw new OpenAiException(OpenAiError.unknownModel(completion.model()));
        }
    }

    private SloTerms terms(HttpServletRequest http, Caller caller, CompletionRequest completion) {
        RequestedSlo requested = RequestedSlo.of(http::getHeader, completion.serviceTier());
        if (requested instanceof RequestedSlo.NamedClass named) {
            caller.requireClass(named.name());
        }
        return services.policies().now().resolve(completion.model(), caller.tenant(), requested);
    }
}
