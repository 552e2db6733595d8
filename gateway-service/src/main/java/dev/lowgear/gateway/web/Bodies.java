package dev.lowgear.gateway.web;

import dev.lowgear.gateway.openai.OpenAiError;
import dev.lowgear.gateway.openai.OpenAiException;

import jakarta.servlet.http.HttpServletRequest;

import java.io.IOException;

/** Reads whole request bodies, up to a limit. */
public final class Bodies {
    private Bodies() {}

    /**
     * The body.
     *
     * @throws OpenAiException with status 413 if it is larger than that many bytes
     */
    public static byte[] read(HttpServletRequest request, int maximumBytes) throws IOException {
        if (request.getContentLengthLong() > maximumBytes) {
            throw tooLarge(maximumBytes);
        }
        byte[] body = request.getInputStream().readNBytes(maximumBytes + 1);
        if (body.length > maximumBytes) {
            throw tooLarge(maximumBytes);
        }
        return body;
    }

    private static OpenAiException tooLarge(int maximumBytes) {
        return new OpenAiException(OpenAiError.tooLarge(maximumBytes));
    }
}
