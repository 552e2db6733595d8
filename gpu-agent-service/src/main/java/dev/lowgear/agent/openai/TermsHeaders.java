package dev.lowgear.agent.openai;

import dev.lowgear.agent.engine.RequestTerms;
import dev.lowgear.contract.AgentHeaders;
import dev.lowgear.core.slo.SloTargets;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** Reads what the gateway resolved from the internal headers. */
record TermsHeaders(HttpServletRequest request) {
    RequestTerms terms() {
        String policy = request.getHeader(AgentHeaders.POLICY);
        if (policy == null) {
            return RequestTerms.STANDARD;
        }
        SloTargets targets;
        try {
            targets =
                    new SloTargets(
                            millis(AgentHeaders.TTFT_MILLIS),
                            millis(AgentHeaders.TBT_MEAN_MILLIS),
                            millis(AgentHeaders.TBT_TAIL_MILLIS),
                            millis(AgentHeaders.E2E_MILLIS));
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException("contradictory targets: " + e.getMessage(), null);
        }
        return new RequestTerms(
                policy,
                targets,
                attainment(),
                (int) number(AgentHeaders.PRIORITY, 0),
                Boolean.parseBoolean(request.getHeader(AgentHeaders.SHEDDABLE)),
                Boolean.parseBoolean(request.getHeader(AgentHeaders.RESCUE_LOST)),
                request.getHeader(AgentHeaders.TENANT));
    }

    Duration waited() {
        return Duration.ofMillis(number(AgentHeaders.WAITED_MILLIS, 0));
    }

    private double attainment() {
        String value = request.getHeader(AgentHeaders.ATTAINMENT);
        if (value == null) {
            return RequestTerms.STANDARD.attainment();
        }
        try {
            double attainment = Double.parseDouble(value);
            if (attainment > 0 && attainment <= 1) {
                return attainment;
            }
        } catch (NumberFormatException e) {
            throw invalid(AgentHeaders.ATTAINMENT, value);
        }
        throw invalid(AgentHeaders.ATTAINMENT, value);
    }

    private @Nullable Duration millis(String header) {
        return request.getHeader(header) == null ? null : Duration.ofMillis(number(header, 0));
    }

    private long number(String header, long absent) {
        String value = request.getHeader(header);
        if (value == null) {
            return absent;
        }
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw invalid(header, value);
        }
    }

    private static InvalidRequestException invalid(String header, String value) {
        return new InvalidRequestException("header " + header + " cannot be '" + value + "'", null);
    }
}
