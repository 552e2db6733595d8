package dev.lowgear.agent.engine;

import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.core.slo.SloTargets;

import org.jspecify.annotations.Nullable;

/**
 * The terms a request is served under, as the gateway resolved them. The agent needs no policies of
 * its own.
 *
 * @param policy name of the SLO policy
 * @param targets its targets
 * @param attainment share of requests that must meet them
 * @param priority higher is served first
 * @param sheddable whether it may be rejected under pressure
 * @param rescueLost whether it imposes its deadline even when lost
 * @param tenant whose it is, absent if unknown
 */
public record RequestTerms(
        String policy,
        SloTargets targets,
        double attainment,
        int priority,
        boolean sheddable,
        boolean rescueLost,
        @Nullable String tenant) {
    /** The default policy's terms, for a request that came without any. */
    public static final RequestTerms STANDARD =
            new RequestTerms(
                    SloPolicy.STANDARD.name(),
                    SloPolicy.STANDARD.targets(),
                    SloPolicy.STANDARD.attainment(),
                    0,
                    false,
                    false,
                    null);
}
