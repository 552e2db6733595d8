package dev.lowgear.core.control;

/**
 * Outcomes of one policy's requests on one engine, with slow forgetting: what attainment is judged
 * by. Requests that no gear could have saved are left out.
 *
 * @param policy name of the policy
 * @param finished requests that ended
 * @param missed those of them that missed a target
 */
public record Tally(String policy, double finished, double missed) {
    private static final double FORGET_BEYOND = 5_000;

    /** No outcome yet. */
    static Tally none(String policy) {
        return new Tally(policy, 0, 0);
    }

    /** This tally with one more outcome; both counters halve beyond 5,000 requests. */
    Tally plus(FinishedRequest request) {
        if (!request.controllable()) {
            return this;
        }
        double more = finished + 1;
        double misses = request.missed().isEmpty() ? missed : missed + 1;
        return more > FORGET_BEYOND
                ? new Tally(policy, more / 2, misses / 2)
                : new Tally(policy, more, misses);
    }
}
