package dev.lowgear.gateway.web;

import dev.lowgear.gateway.openai.OpenAiError;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;

/**
 * What Tomcat itself answers where no servlet was reached, such as a request line that is none: an
 * OpenAI error object instead of a page of HTML.
 */
public final class PlainErrorReportConfiguration extends ErrorReportValve {
    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        byte[] body = OpenAiError.ofStatus(status, "The request could not be understood").body();
        try {
            if (response.getHeader(RequestIds.HEADER) == null) {
                response.setHeader(RequestIds.HEADER, RequestIds.create());
            }
            response.setContentType("application/json");
            response.setContentLength(body.length);
            OutputStream out = response.getOutputStream();
            out.write(body);
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            container.getLogger().debug("the error report did not reach the client", e);
        }
    }
}
