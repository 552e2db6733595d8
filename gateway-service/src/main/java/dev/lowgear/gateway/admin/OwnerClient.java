package dev.lowgear.gateway.admin;

import dev.lowgear.gateway.GatewayProperties;
import dev.lowgear.gateway.web.Answers;
import dev.lowgear.gateway.web.Bodies;
import dev.lowgear.gateway.web.RequestIds;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Passes one exchange of the admin API on to its owner, and the owner's answer back. */
@Component
class OwnerClient {
    private static final Logger LOG = LoggerFactory.getLogger(OwnerClient.class);
    private static final List<String> ASKED =
            List.of("accept", "content-type", "if-match", "if-none-match");
    private static final List<String> ANSWERED =
            List.of("content-type", "etag", "location", "cache-control", "retry-after", "allow");

    private final HttpClient http;
    private final Duration patience;
    private final int maximumBody;

    OwnerClient(GatewayProperties properties) {
        http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(properties.timeouts().connect())
                        .build();
        patience = properties.timeouts().owner();
        maximumBody = Math.toIntExact(properties.maximumBody().toBytes());
    }

    /**
     * Passes it on.
     *
     * @param path the path at the owner, decoded
     */
    void pass(Owner owner, String path, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        HttpRequest asked;
        try {
            asked = asked(owner, path, request);
        } catch (IllegalArgumentException e) {
            Answers.problem(response, 400, "Bad Request", "not a URL: " + e.getMessage());
            return;
        }
        HttpResponse<InputStream> answered;
        try {
            answered = http.send(asked, BodyHandlers.ofInputStream());
        } catch (HttpTimeoutException e) {
            away(response, 504, "Gateway Timeout", owner.name() + " did not answer in time");
            return;
        } catch (IOException e) {
            LOG.debug("owner={} does not answer", owner.name(), e);
            away(response, 503, "Service Unavailable", owner.name() + " cannot be reached now");
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            away(response, 503, "Service Unavailable", "the gateway is stopping");
            return;
        }
        answer(answered, response);
    }

    private HttpRequest asked(Owner owner, String path, HttpServletRequest request)
            throws IOException {
        String query = request.getQueryString();
        String encoded = UriUtils.encodePath(path, StandardCharsets.UTF_8);
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(owner.at(query == null ? encoded : encoded + "?" + query))
                        .timeout(patience)
                        .setHeader(RequestIds.HEADER, RequestIds.of(request));
        for (String name : ASKED) {
            String value = request.getHeader(name);
            if (value != null) {
                builder.setHeader(name, value);
            }
        }
        byte[] body = Bodies.read(request, maximumBody);
        return builder.method(
                        request.getMethod(),
                        body.length == 0
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(body))
                .build();
    }

    private static void answer(HttpResponse<InputStream> answered, HttpServletResponse response)
            throws IOException {
        response.setStatus(answered.statusCode());
        for (String name : ANSWERED) {
            answered.headers().firstValue(name).ifPresent(value -> response.setHeader(name, value));
        }
        try (InputStream body = answered.body()) {
            body.transferTo(response.getOutputStream());
        }
    }

    private static void away(HttpServletResponse response, int status, String title, String detail)
            throws IOException {
        response.setHeader("retry-after", "5");
        Answers.problem(response, status, title, detail);
    }
}
