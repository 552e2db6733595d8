package dev.lowgear.gateway.web;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The id under which a request is known everywhere: the client's {@code x-request-id} where it is
 * of a safe form, else a new one.
 */
public final class RequestIds {
    /** The header that carries it, both ways. */
    public static final String HEADER = "x-request-id";

    static final String ATTRIBUTE = RequestIds.class.getName();

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    private RequestIds() {}

    /** The id of this exchange. */
    public static String of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof String id ? id : create();
    }

    /** The client's id, or a new one. */
    static String accept(@Nullable String asked) {
        return asked != null && SAFE.matcher(asked).matches() ? asked : create();
    }

    /** A new id; unique, not secret. */
    public static String create() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return "req_" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }
}
