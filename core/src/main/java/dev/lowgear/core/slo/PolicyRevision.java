package dev.lowgear.core.slo;

/**
 * A policy as it was at one revision.
 *
 * @param policy the policy
 * @param revision grows with every change of the policy; 0 for one that is built in
 */
public record PolicyRevision(SloPolicy policy, long revision) {
    /** The built-in standard policy, in force until a stored one is known. */
    public static final PolicyRevision BUILT_IN = new PolicyRevision(SloPolicy.STANDARD, 0);

    public PolicyRevision {
        if (revision < 0) {
            throw new IllegalArgumentException("a revision is not negative, got " + revision);
        }
    }
}
