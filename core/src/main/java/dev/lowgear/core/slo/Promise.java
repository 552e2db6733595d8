package dev.lowgear.core.slo;

/**
 * What one request was promised: its policy as resolved for it.
 *
 * @param policy name of the policy
 * @param targets what it must meet
 * @param rescueLost whether it imposes its deadline even when it can no longer be met
 * @param sheddable whether it may be rejected under pressure
 */
public record Promise(String policy, SloTargets targets, boolean rescueLost, boolean sheddable) {
    /** What a policy promises. */
    public static Promise of(SloPolicy policy) {
        return new Promise(
                policy.name(), policy.targets(), policy.rescueLost(), policy.sheddable());
    }
}
