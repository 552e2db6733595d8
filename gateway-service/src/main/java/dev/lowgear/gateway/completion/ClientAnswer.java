package dev.lowgear.gateway.completion;

import dev.lowgear.contract.AgentHeaders;
import dev.lowgear.gateway.openai.OpenAiError;
import dev.lowgear.gateway.slo.RequestedSlo;
import dev.lowgear.gateway.slo.SloTerms;
import dev.lowgear.gateway.web.Answers;

import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The answer to one client. It is held back for as long as an error status is still possible; once
 * a stream is open, errors are events in it.
 */
final class ClientAnswer {
    private static final byte[] KEEP_ALIVE = ": queued\n\n".getBytes(StandardCharsets.US_ASCII);

    private final HttpServletResponse response;
    private boolean open;

    ClientAnswer(HttpServletResponse response) {
        this.response = response;
    }

    void promise(SloTerms terms) {
        response.setHeader(RequestedSlo.CLASS_HEADER, terms.sloClass());
    }

    void from(String engineId) {
        if (!open) {
            response.setHeader(AgentHeaders.ENGINE, engineId);
        }
    }

    boolean isOpen() {
        return open;
    }

    void openStream() {
        if (!open) {
            response.setStatus(HttpServletResponse.SC_OK);
            response.setContentType("text/event-stream; charset=utf-8");
            response.setHeader("cache-control", "no-cache");
            response.setHeader("x-accel-buffering", "no");
            open = true;
        }
    }

    /** Tells intermediaries that somebody is there; finds out whether the client still is. */
    void keepAlive() throws IOException {
        out().write(KEEP_ALIVE);
        out().flush();
    }

    void whole(String contentType, byte[] body) throws IOException {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType(contentType);
        response.setContentLength(body.length);
        out().write(body);
        out().flush();
    }

    void error(OpenAiError error) throws IOException {
        if (open) {
            out().write(error.event());
        } else {
            Answers.error(response, error);
        }
        out().flush();
    }

    OutputStream out() throws IOException {
        return response.getOutputStream();
    }
}
