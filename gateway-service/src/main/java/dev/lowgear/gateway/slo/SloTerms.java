package dev.lowgear.gateway.slo;

import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.core.slo.SloTargets;

import org.jspecify.annotations.Nullable;

/**
 * What one request is promised.
 *
 * @param policy the policy it is served under
 * @param revision of the policy
 * @param targets its own targets where it named some, else the policy's
 */
public record SloTerms(SloPolicy policy, long revision, SloTargets targets) {
    /** The class the client is told: the policy's, or its name where it has none. */
    public String sloClass() {
        @Nullable String sloClass = policy.match().sloClass();
        return sloClass == null ? policy.name() : sloClass;
    }
}
