package dev.lowgear.gateway.agent;

import dev.lowgear.contract.AgentHeaders;
import dev.lowgear.gateway.GatewayProperties;
import dev.lowgear.gateway.fleet.ServingEngine;
import dev.lowgear.gateway.openai.OpenAiError;

import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * Sends requests to agents. Blocking, on the virtual thread of the request: a token is read from
 * one socket and written to the other by the same thread. Nothing is retried here but a kept
 * connection that the agent had closed meanwhile.
 */
public final class AgentClient implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 100_000;
    private static final int LONGEST_ERROR = 64 * 1024;
    private static final TimeValue CHECKED_AFTER = TimeValue.ofSeconds(2);
    private static final TimeValue IDLE = TimeValue.ofSeconds(15);

    private final CloseableHttpClient http;
    private final RequestConfig streaming;
    private final RequestConfig whole;

    /** A client with these timeouts. */
    public AgentClient(GatewayProperties.Timeouts timeouts) {
        streaming = within(timeouts.streamIdle());
        whole = within(timeouts.answer());
        http =
                HttpClients.custom()
                        .setConnectionManager(
                                PoolingHttpClientConnectionManagerBuilder.create()
                                        .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                                        .setMaxConnTotal(MOST_CONNECTIONS)
                                        .setMaxConnPerRoute(MOST_CONNECTIONS)
                                        .setDefaultConnectionConfig(
                                                ConnectionConfig.custom()
                                                        .setConnectTimeout(
                                                                Timeout.of(timeouts.connect()))
                                                        .setValidateAfterInactivity(CHECKED_AFTER)
                                                        .build())
                                        .build())
                        .evictIdleConnections(IDLE)
                        .disableAutomaticRetries()
                        .disableRedirectHandling()
                        .disableCookieManagement()
                        .disableContentCompression()
                        .disableAuthCaching()
                        .disableDefaultUserAgent()
                        .build();
    }

    private static RequestConfig within(Duration response) {
        return RequestConfig.custom().setResponseTimeout(Timeout.of(response)).build();
    }

    /** Sends a request to an engine and waits for the head of the answer. */
    public AgentAnswer send(AgentRequest request, ServingEngine engine, Duration waited) {
        HttpPost post = new HttpPost(engine.at(request.kind().path()));
        post.setConfig(request.completion().stream() ? streaming : whole);
        request.headers(engine.id().value(), waited).forEach(post::setHeader);
        post.setEntity(
                new ByteArrayEntity(request.completion().forAgent(), ContentType.APPLICATION_JSON));
        try {
            return answer(post, http.executeOpen(null, post, null));
        } catch (NoHttpResponseException e) {
            return sendAgain(post);
        } catch (SocketTimeoutException e) {
            return timedOut(e);
        } catch (IOException e) {
            return new AgentAnswer.Unreachable(reason(e));
        }
    }

    /** A kept connection may be closed by the agent at the very moment it is used again. */
    private AgentAnswer sendAgain(HttpPost post) {
        try {
            return answer(post, http.executeOpen(null, post, null));
        } catch (SocketTimeoutException e) {
            return timedOut(e);
        } catch (IOException e) {
            return new AgentAnswer.Unreachable(reason(e));
        }
    }

    private static AgentAnswer timedOut(SocketTimeoutException e) {
        return e instanceof ConnectTimeoutException
                ? new AgentAnswer.Unreachable(reason(e))
                : new AgentAnswer.Refused(OpenAiError.timeout("The engine did not answer in time"));
    }

    private static AgentAnswer answer(HttpPost post, ClassicHttpResponse response)
            throws IOException {
        int status = response.getCode();
        if (status == 200) {
            return new Begun(post, response);
        }
        byte[] body = body(response);
        post.cancel();
        Header full = response.getFirstHeader(AgentHeaders.FULL_WAIT_MILLIS);
        if (status == 429 && full != null) {
            return new AgentAnswer.Full(millis(full));
        }
        return switch (status) {
            case 404, 421, 503 ->
                    new AgentAnswer.Unreachable("the agent answered status " + status);
            default ->
                    new AgentAnswer.Refused(ForeignError.read(status, body, retryAfter(response)));
        };
    }

    private static Duration millis(Header header) {
        try {
            return Duration.ofMillis(Math.max(0, Long.parseLong(header.getValue().strip())));
        } catch (NumberFormatException e) {
            return Duration.ofSeconds(1); // full all the same, only not for how long
        }
    }

    private static @Nullable Duration retryAfter(ClassicHttpResponse response) {
        Header header = response.getFirstHeader("retry-after-ms");
        return header == null ? null : millis(header);
    }

    private static byte[] body(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new byte[0];
        }
        return entity.getContent().readNBytes(LONGEST_ERROR);
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    @Override
    public void close() throws IOException {
        http.close();
    }

    /**
     * A body read to its end has given its connection back, and cancelling changes nothing; else
     * cancelling drops the connection at once. Closing the response would read the rest first.
     */
    private record Begun(HttpPost post, ClassicHttpResponse response) implements AgentAnswer.Begun {
        @Override
        public String contentType() {
            Header type = response.getFirstHeader("content-type");
            return type == null ? "application/json" : type.getValue();
        }

        @Override
        public InputStream body() throws IOException {
            HttpEntity entity = response.getEntity();
            return entity == null ? InputStream.nullInputStream() : entity.getContent();
        }

        @Override
        public void close() {
            post.cancel();
        }
    }
}
