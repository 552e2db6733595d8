package dev.lowgear.gateway.access;

import dev.lowgear.gateway.openai.OpenAiError;
import dev.lowgear.gateway.openai.OpenAiException;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Tells who makes a request. With any key known, a key is needed; with none, whoever can reach the
 * loopback interface may do everything, but no web page of another origin may use a browser there.
 */
final class Access {
    private static final String BEARER = "Bearer ";
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

    private final boolean loopbackOnly;
    private final KeyBook configured;
    private final AtomicReference<KeyBook> book;

    /**
     * Access with the keys that are configured.
     *
     * @param loopbackOnly whether the gateway listens on loopback only
     */
    Access(boolean loopbackOnly, KeyBook configured) {
        this.loopbackOnly = loopbackOnly;
        this.configured = configured;
        book = new AtomicReference<>(configured);
    }

    /** Takes the keys of the database, or what is remembered of them. */
    void learn(KeyBook stored) {
        book.set(configured.and(stored));
    }

    boolean hasKeys() {
        return !book.get().isEmpty();
    }

    /**
     * Who makes a request.
     *
     * @param authorization the header, null where absent
     * @param origin the header, null where absent
     * @throws OpenAiException if nobody known
     */
    Caller authenticate(@Nullable String authorization, @Nullable String origin) {
        KeyBook known = book.get();
        if (known.isEmpty()) {
            return local(origin);
        }
        if (authorization == null || !startsWithBearer(authorization)) {
            throw new OpenAiException(
                    OpenAiError.unauthorized(
                            "You didn't provide an API key: send it as 'Authorization: Bearer"
                                    + " KEY'"));
        }
        Caller caller = known.caller(authorization.substring(BEARER.length()).strip());
        if (caller == null) {
            throw new OpenAiException(OpenAiError.unauthorized("Incorrect API key provided"));
        }
        return caller;
    }

    private Caller local(@Nullable String origin) {
        if (!loopbackOnly) {
            throw new OpenAiException(
                    OpenAiError.unauthorized("No API key is configured, so none is accepted"));
        }
        if (origin != null && !isLoopback(origin)) {
            throw new OpenAiException(
                    OpenAiError.forbidden("Pages of " + origin + " may not use this", null));
        }
        return Caller.LOCAL;
    }

    private static boolean startsWithBearer(String authorization) {
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
    }

    private static boolean isLoopback(String origin) {
        try {
            String host = URI.create(origin).getHost();
            return host != null && LOOPBACK.contains(host);
        } catch (IllegalArgumentException e) {
            return false; // "null", and whatever else is no origin of ours
        }
    }
}
