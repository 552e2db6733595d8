package dev.lowgear.agent.openai;

import dev.lowgear.agent.AgentProperties;
import dev.lowgear.agent.engine.EngineFront;
import dev.lowgear.agent.engine.EngineFronts;
import dev.lowgear.agent.engine.EngineRequest;
import dev.lowgear.agent.engine.Submission;
import dev.lowgear.contract.AgentHeaders;
import dev.lowgear.core.fleet.EngineId;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Completions, for the gateway and for whoever talks to one node directly. */
@RestController
class CompletionController {
    private final EngineFronts engines;
    private final InstantSource time;
    private final int maximumBody;

    CompletionController(EngineFronts engines, InstantSource time, AgentProperties properties) {
        this.engines = engines;
        this.time = time;
        maximumBody = Math.toIntExact(properties.maximumBody().toBytes());
    }

    @PostMapping("/v1/chat/completions")
    void chat(HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        complete(CompletionRequest.Kind.CHAT, request, response);
    }

    @PostMapping("/v1/completions")
    void text(HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        complete(CompletionRequest.Kind.TEXT, request, response);
    }

    private void complete(
            CompletionRequest.Kind kind, HttpServletRequest http, HttpServletResponse response)
            throws IOException, InterruptedException {
        String given = http.getHeader(AgentHeaders.REQUEST_ID);
        String requestId = given == null ? UUID.randomUUID().toString() : given;
        response.setHeader("x-request-id", requestId);
        Answer answer = new Answer(response);
        byte[] body = http.getInputStream().readNBytes(maximumBody + 1);
        if (body.length > maximumBody) {
            answer.error(
                    HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                    OpenAiError.invalid("the body exceeds " + maximumBody + " bytes", null));
            return;
        }
        try {
            CompletionRequest request = CompletionRequest.parse(kind, body);
            EngineFront engine = engine(http, request.model());
            EngineRequest submitted = submitted(http, requestId, request, engine);
            TokenStream tokens = new TokenStream();
            response.setHeader(AgentHeaders.ENGINE, engine.id().value());
            switch (await(engine.submit(submitted, tokens))) {
                case Submission.Accepted _ ->
                        new CompletionAnswer(
                                        answer,
                                        new CompletionWriter(
                                                request,
                                                requestId,
                                                time.instant().getEpochSecond()),
                                        tokens,
                                        () -> engine.cancel(requestId))
                                .write(request.stream());
                case Submission.Full full -> answer.full(full.expectedWait(), full.reason());
                case Submission.Rejected rejected ->
                        answer.shed(rejected.retryAfter(), rejected.reason());
                case Submission.Unavailable unavailable ->
                        answer.error(
                                HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                                OpenAiError.unavailable(unavailable.reason()));
            }
        } catch (UnknownModelException e) {
            answer.error(HttpServletResponse.SC_NOT_FOUND, OpenAiError.unknownModel(e.model()));
        } catch (InvalidRequestException e) {
            answer.error(
                    HttpServletResponse.SC_BAD_REQUEST,
                    OpenAiError.invalid(String.valueOf(e.getMessage()), e.parameter()));
        }
    }

    private EngineFront engine(HttpServletRequest http, String model) {
        String id = http.getHeader(AgentHeaders.ENGINE);
        try {
            return (id == null ? engines.serving(model) : engines.find(new EngineId(id), model))
                    .orElseThrow(() -> new UnknownModelException(model));
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(String.valueOf(e.getMessage()), null);
        }
    }

    private static EngineRequest submitted(
            HttpServletRequest http,
            String requestId,
            CompletionRequest request,
            EngineFront engine) {
        TermsHeaders headers = new TermsHeaders(http);
        int prompt = request.promptWords();
        int window = engine.limits().maxModelLength();
        if (prompt >= window) {
            throw new InvalidRequestException(
                    "This model's maximum context length is "
                            + window
                            + " tokens. However, your messages resulted in "
                            + prompt
                            + " tokens.",
                    "messages");
        }
        Integer asked = request.maxTokens();
        int maxTokens = Math.min(asked == null ? window : asked, window - prompt);
        return new EngineRequest(
                requestId,
                prompt,
                maxTokens,
                Math.min(request.minTokens(), maxTokens),
                headers.terms(),
                headers.waited(),
                request.body());
    }

    private static Submission await(Future<Submission> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the engine's thread failed", e.getCause());
        }
    }

    /** How long the writer waits for a token before it checks whether the client is still there. */
    static final Duration PATIENCE = Duration.ofSeconds(1);
}
