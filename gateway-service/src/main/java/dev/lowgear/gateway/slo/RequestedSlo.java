package dev.lowgear.gateway.slo;

import dev.lowgear.core.slo.SloTargets;
import dev.lowgear.gateway.openai.OpenAiError;
import dev.lowgear.gateway.openai.OpenAiException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What a request says itself about how it wants to be served; the first that it says counts. */
public sealed interface RequestedSlo {
    /** Header that names a class. */
    String CLASS_HEADER = "x-lowgear-slo-class";

    /** It names a class, or a policy. */
    record NamedClass(String name) implements RequestedSlo {}

    /** It names its own targets. */
    record OwnTargets(SloTargets targets) implements RequestedSlo {}

    /** It names a service tier; one that no policy is for is served as if it named none. */
    record Tier(String name) implements RequestedSlo {}

    /** It says nothing. */
    record Nothing() implements RequestedSlo {}

    /**
     * Reads what a request says.
     *
     * @param headers value of a header by its name, null where absent
     * @param serviceTier value of the body's field, null where absent
     * @throws OpenAiException naming the header whose value is none
     */
    static RequestedSlo of(
            Function<String, @Nullable String> headers, @Nullable String serviceTier) {
        String named = headers.apply(CLASS_HEADER);
        if (named != null) {
            return new NamedClass(named.strip());
        }
        Duration ttft = millis(headers, "x-llm-d-slo-ttft-ms", "x-slo-ttft-ms");
        Duration tpot = millis(headers, "x-llm-d-slo-tpot-ms", "x-slo-tpot-ms");
        Duration e2e = millis(headers, "x-lowgear-slo-e2e-ms");
        if (ttft != null || tpot != null || e2e != null) {
            return new OwnTargets(targets(ttft, tpot, e2e));
        }
        return serviceTier == null ? new Nothing() : tier(serviceTier);
    }

    private static SloTargets targets(
            @Nullable Duration ttft, @Nullable Duration tpot, @Nullable Duration e2e) {
        try {
            return new SloTargets(ttft, tpot, null, e2e);
        } catch (IllegalArgumentException e) {
            throw new OpenAiException(
                    OpenAiError.invalid("Contradictory SLO headers: " + e.getMessage(), null));
        }
    }

    private static RequestedSlo tier(String serviceTier) {
        return switch (serviceTier.toLowerCase(Locale.ROOT)) {
            case "auto", "default", "" -> new Nothing();
            case "priority", "fast", "scale" -> new Tier("priority");
            default -> new Tier(serviceTier.toLowerCase(Locale.ROOT));
        };
    }

    private static @Nullable Duration millis(
            Function<String, @Nullable String> headers, String... names) {
        for (String name : List.of(names)) {
            String value = headers.apply(name);
            if (value != null) {
                return positiveMillis(name, value);
            }
        }
        return null;
    }

    private static Duration positiveMillis(String header, String value) {
        double millis;
        try {
            millis = Double.parseDouble(value.strip());
        } catch (NumberFormatException e) {
            throw notMillis(header, value);
        }
        if (!(millis >= 1 && millis <= Duration.ofDays(1).toMillis())) {
            throw notMillis(header, value);
        }
        return Duration.ofMillis(Math.round(millis));
    }

    private static OpenAiException notMillis(String header, String value) {
        return new OpenAiException(
                OpenAiError.invalid(
                        "Invalid value for header '"
                                + header
                                + "': expected milliseconds of 1 to 86400000, got '"
                                + value
                                + "'",
                        header));
    }
}
