package dev.lowgear.gateway.access;

import dev.lowgear.gateway.openai.OpenAiError;
import dev.lowgear.gateway.openai.OpenAiException;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.TreeSet;

/**
 * Who makes a request.
 *
 * @param tenant absent for nobody in particular
 * @param role what it may do
 * @param grantedClasses SLO classes it may name; none means any
 */
public record Caller(@Nullable String tenant, Role role, Set<String> grantedClasses) {
    /** Whoever reaches a gateway without keys, which listens on loopback only. */
    static final Caller LOCAL = new Caller(null, Role.ADMIN, Set.of());

    private static final String ATTRIBUTE = Caller.class.getName();

    public Caller {
        grantedClasses = new TreeSet<>(grantedClasses);
    }

    /** Who makes this request, as the gateway established before it came here. */
    public static Caller of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Caller caller) {
            return caller;
        }
        throw new OpenAiException(OpenAiError.unauthorized("No API key provided"));
    }

    void attachTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** Refuses an SLO class that the tenant was not granted. */
    public void requireClass(String sloClass) {
        if (!grantedClasses.isEmpty() && !grantedClasses.contains(sloClass)) {
            throw new OpenAiException(
                    OpenAiError.forbidden(
                            "The SLO class '" + sloClass + "' is not granted to this key",
                            "x-lowgear-slo-class"));
        }
    }

    void require(Role needed) {
        if (!role.includes(needed)) {
            throw new OpenAiException(
                    OpenAiError.forbidden("This key's role does not allow that", null));
        }
    }
}
