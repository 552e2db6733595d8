package dev.lowgear.gateway.agent;

import dev.lowgear.contract.AgentHeaders;
import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.core.slo.SloTargets;
import dev.lowgear.gateway.openai.CompletionKind;
import dev.lowgear.gateway.openai.CompletionRequest;
import dev.lowgear.gateway.slo.SloTerms;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request as the agent gets it.
 *
 * @param requestId unique while it is served
 * @param kind where it goes
 * @param completion what the client asked for
 * @param terms what it is promised
 * @param tenant whose it is; absent if nobody's
 * @param traceParent trace it belongs to; absent if none
 */
public record AgentRequest(
        String requestId,
        CompletionKind kind,
        CompletionRequest completion,
        SloTerms terms,
        @Nullable String tenant,
        @Nullable String traceParent) {

    /** Its internal headers, for one engine and after some time at the gateway. */
    Map<String, String> headers(String engineId, Duration waited) {
        SloPolicy policy = terms.policy();
        SloTargets targets = terms.targets();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(AgentHeaders.REQUEST_ID, requestId);
        headers.put(AgentHeaders.ENGINE, engineId);
        headers.put(AgentHeaders.POLICY, policy.name());
        headers.put(AgentHeaders.POLICY_REVISION, Long.toString(terms.revision()));
        putMillis(headers, AgentHeaders.TTFT_MILLIS, targets.ttft());
        putMillis(headers, AgentHeaders.TBT_MEAN_MILLIS, targets.tbtMean());
        putMillis(headers, AgentHeaders.TBT_TAIL_MILLIS, targets.tbtTail());
        putMillis(headers, AgentHeaders.E2E_MILLIS, targets.e2e());
        headers.put(AgentHeaders.ATTAINMENT, Double.toString(policy.attainment()));
        headers.put(AgentHeaders.PRIORITY, Integer.toString(policy.priority()));
        headers.put(AgentHeaders.SHEDDABLE, Boolean.toString(policy.sheddable()));
        headers.put(AgentHeaders.RESCUE_LOST, Boolean.toString(policy.rescueLost()));
        headers.put(AgentHeaders.WAITED_MILLIS, Long.toString(waited.toMillis()));
        if (tenant != null) {
            headers.put(AgentHeaders.TENANT, tenant);
        }
        if (traceParent != null) {
            headers.put("traceparent", traceParent);
        }
        return headers;
    }

    private static void putMillis(
            Map<String, String> headers, String name, @Nullable Duration value) {
        if (value != null) {
            headers.put(name, Long.toString(value.toMillis()));
        }
    }
}
